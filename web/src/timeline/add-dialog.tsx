/** A sound for the timeline: a recording of one's own, or one made by code; on a track that is there, or a new one. */
import { type Track, trackRoles } from '@sotto/media/mix/arrangement'
import { type BedName, bedNames, isBed } from '@sotto/media/mix/bed-names'
import { useState } from 'react'
import { library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { Dialog } from '../shell/dialog.tsx'
import { useText } from '../text/text.tsx'

/** What was chosen: a recording's id or a made sound; a track's place, or what a new one is for. */
export interface Added {
  readonly sound: { readonly item: string; readonly duration: number } | BedName
  readonly track: number | Track['role']
}

/** `item` is offered first: it is what the timeline belongs to. */
export function AddDialog(props: {
  item: string
  trackNames: readonly string[]
  onAdd(added: Added): void
  onClose(): void
}) {
  const t = useText()
  const items = (useStore(library) ?? []).filter(
    (one) => one.state === 'ready' && one.duration !== null && one.streams.some(({ type }) => type === 'audio'),
  )
  const own = [...items].sort((a, b) => Number(b.id === props.item) - Number(a.id === props.item))
  const [sound, setSound] = useState<string>(own.find((one) => one.id !== props.item)?.id ?? bedNames[0])
  const [track, setTrack] = useState<string | null>(null)
  // Until it is said, a made sound goes into the background, and a recording is an effect.
  const target = track ?? (isBed(sound) ? 'background' : 'effects')
  const add = () => {
    const found = own.find((one) => one.id === sound)
    if (!isBed(sound) && !found) return
    const role = trackRoles.find((one) => one === target)
    props.onAdd({
      sound: isBed(sound) ? sound : { item: sound, duration: found?.duration ?? 0 },
      track: role ?? Number(target),
    })
  }
  return (
    <Dialog open title={t.timeline.addTitle} text={t.timeline.addText} onClose={props.onClose}>
      <label className="field">
        <span>{t.timeline.sound}</span>
        <select value={sound} onChange={(event) => setSound(event.target.value)}>
          <optgroup label={t.timeline.madeSounds}>
            {bedNames.map((name) => (
              <option key={name} value={name}>
                {t.mix.beds[name]}
              </option>
            ))}
          </optgroup>
          {own.length > 0 ? (
            <optgroup label={t.timeline.ownSounds}>
              {own.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </optgroup>
          ) : null}
        </select>
      </label>
      <label className="field">
        <span>{t.timeline.onTrack}</span>
        <select value={target} onChange={(event) => setTrack(event.target.value)}>
          {trackRoles.map((role) => (
            <option key={role} value={role}>
              {t.timeline.newTrack(t.timeline.roles[role])}
            </option>
          ))}
          {props.trackNames.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a track is its place
            <option key={index} value={index}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="actions">
        <button type="button" className="button" onClick={props.onClose}>
          {t.app.cancel}
        </button>
        <button type="button" className="button primary" onClick={add}>
          {t.timeline.addDo}
        </button>
      </div>
    </Dialog>
  )
}
