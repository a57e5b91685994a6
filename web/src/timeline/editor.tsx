/** The timeline of one item, loaded: buttons, tracks, details, saving. Each act is one step that can be undone. */
import { type Arrangement, arrangementLength, clipLength } from '@sotto/media/mix/arrangement'
import {
  addClip,
  addTrack,
  type ClipPlace,
  clipAt,
  clipEnd,
  type Edited,
  moveClip,
  removeClip,
  setClipGain,
  setFade,
  setTrack,
  splitClip,
  trimEnd,
  trimStart,
} from '@sotto/media/mix/arrangement-edit'
import { isBed } from '@sotto/media/mix/bed-names'
import { mixDefaults } from '@sotto/media/mix/mix-defaults'
import { nextTarget, snapTargets } from '@sotto/media/mix/snap'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Item } from '../api/api.ts'
import { library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { AddDialog, type Added } from './add-dialog.tsx'
import { ClipDetails } from './clip-details.tsx'
import { clipNear, clipOf, numberOfTrack, sourceOf, type Timeline, withoutGone } from './draft.ts'
import { actOf, type TimelineAct } from './keys.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { SavePart } from './save-part.tsx'
import { Toolbar } from './toolbar.tsx'
import { TrackDetails } from './track-details.tsx'
import { TracksView } from './tracks-view.tsx'
import { usePlayer } from './use-player.ts'
import { useTimeline } from './use-timeline.ts'
import { useWords } from './use-words.ts'

const MOST_ZOOM = 800
/** A made sound on an empty timeline lasts this long, seconds. */
const MADE_SECONDS = 30

/** `first` as it was loaded. */
export function Editor({ item, first }: { item: Item; first: Timeline }) {
  const t = useText()
  const format = useFormat()
  const items = useStore(library)
  const [known, setKnown] = useState<ReadonlySet<string>>(() => new Set(first.items))
  const gone = useMemo(
    () => new Set(items ? [...known].filter((id) => !items.some((one) => one.id === id)) : []),
    [items, known],
  )
  const handle = useTimeline(item.id, first, gone)
  const draft = useMemo(() => withoutGone(handle.draft, gone), [handle.draft, gone])
  const { arrangement } = draft
  const [live, setLive] = useState<Arrangement | null>(null)
  const shown = live ?? arrangement
  const [place, setPlace] = useState<ClipPlace | null>(null)
  const [track, setTrackChosen] = useState(0)
  const [solo, setSolo] = useState<ReadonlySet<number>>(new Set())
  const [snap, setSnap] = useState(true)
  const [wide, setWide] = useState(0)
  const [zoomed, setZoomed] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'add' | 'keys' | null>(null)
  const [said, setSaid] = useState('')
  const focus = useRef<'clip' | 'tracks' | 'details' | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const words = useWords(draft.items)

  const end = arrangementLength(arrangement)
  const fitting = wide > 0 ? Math.min(MOST_ZOOM, Math.max(0.02, wide / (end + 2))) : 40
  const zoom = zoomed ?? fitting
  const player = usePlayer({ id: item.id, end, solo, heard: arrangement, flush: handle.flush })
  const { playhead } = player
  const chosen = place && clipAt(arrangement, place) ? place : null
  const clip = chosen ? clipAt(arrangement, chosen) : undefined

  const names = arrangement.tracks.map((one, index) => {
    const number = numberOfTrack(arrangement, index)
    const role = t.timeline.roles[one.role]
    return number === undefined ? role : t.timeline.numbered(role, format.number(number))
  })
  const itemOf = (source: number | string) => (typeof source === 'number' ? (draft.items[source] ?? null) : null)
  const nameOf = (source: number | string) =>
    typeof source === 'number'
      ? (items?.find((one) => one.id === itemOf(source))?.name ?? '')
      : isBed(source)
        ? t.mix.beds[source]
        : source
  const durationOf = (source: number | string) =>
    (typeof source === 'number' && items?.find((one) => one.id === itemOf(source))?.duration) ||
    Number.POSITIVE_INFINITY
  const targets = (except: ClipPlace | null) =>
    snap ? snapTargets(arrangement, { playhead: playhead.get(), words, ...(except ? { except } : {}) }) : []

  const clock = (seconds: number) => format.clock(seconds, true)
  const keep = (next: Arrangement, group?: string) => {
    if (next !== arrangement) handle.change({ ...draft, arrangement: next }, group)
  }
  const edit = (edited: Arrangement | Edited, words?: string) => {
    if ('place' in edited) {
      setPlace(edited.place)
      setTrackChosen(edited.place.track)
      keep(edited.arrangement)
    } else keep(edited)
    if (words !== undefined) setSaid(words)
  }
  const choose = (next: ClipPlace) => {
    setPlace(next)
    setTrackChosen(next.track)
  }

  // What was pressed on goes away or elsewhere: the focus goes along, so that keys go on.
  useEffect(() => {
    const to = focus.current
    focus.current = null
    if (to === null || !root.current) return
    const found =
      to === 'details'
        ? root.current.querySelector<HTMLElement>('.tl-details input')
        : ((to === 'clip' && place
            ? root.current.querySelector<HTMLElement>(`[data-place="${place.track} ${place.clip}"]`)
            : null) ?? root.current.querySelector<HTMLElement>('.tl-scroll'))
    found?.focus({ preventScroll: to === 'tracks' })
  })

  const split = () => {
    const now = playhead.get()
    // Without a chosen clip under the playhead, every clip that lies under it.
    const done = chosen ? splitClip(arrangement, chosen, now) : undefined
    if (!done) return setSaid(chosen ? t.timeline.said.noSplit : t.timeline.said.noClip)
    focus.current = 'clip'
    edit(done, t.timeline.said.split)
  }
  const needs = (work: (at: ClipPlace) => void) => (chosen ? work(chosen) : setSaid(t.timeline.said.noClip))
  const move = (to: { at: number; track?: number }) =>
    needs((at) => {
      const done = moveClip(arrangement, at, to)
      const moved = clipAt(done.arrangement, done.place)
      focus.current = 'clip'
      const elsewhere = done.place.track !== at.track
      edit(
        done,
        elsewhere
          ? t.timeline.said.movedTrack(names[done.place.track] ?? '')
          : t.timeline.said.moved(clock(moved?.at ?? 0)),
      )
    })
  const trimmed = (next: Arrangement, at: ClipPlace) => {
    const now = clipAt(next, at)
    edit(next, now ? t.timeline.said.trimmed(clock(now.at), clock(clipEnd(now))) : '')
  }
  const mute = (index: number) => {
    const muted = !arrangement.tracks[index]?.muted
    edit(setTrack(arrangement, index, { muted }), muted ? t.timeline.said.muted : t.timeline.said.unmuted)
  }
  const alone = (index: number) => {
    const next = new Set(solo)
    if (!next.delete(index)) next.add(index)
    setSolo(next)
    setSaid(next.size > 0 ? t.timeline.said.solo : t.timeline.said.noSolo)
  }
  const back = (way: 'undo' | 'redo') => {
    handle[way]()
    setSaid(way === 'undo' ? t.timeline.said.undone : t.timeline.said.redone)
  }
  const zoomBy = (way: 1 | -1) =>
    setZoomed(Math.min(MOST_ZOOM, Math.max(Math.min(fitting, 1), zoom * (way === 1 ? 1.5 : 1 / 1.5))))
  const remove = () =>
    needs((at) => {
      focus.current = 'tracks'
      setPlace(null)
      edit(removeClip(arrangement, at), t.timeline.said.removed)
    })
  const copy = () =>
    needs((at) => {
      if (!clip) return
      focus.current = 'clip'
      edit(addClip(arrangement, at.track, { ...clip, at: clipEnd(clip) }), t.timeline.said.copied)
    })
  const chooseTrack = (way: 1 | -1) => {
    const now = clip ? clip.at + clipLength(clip) / 2 : playhead.get()
    for (let index = track + way; index >= 0 && index < arrangement.tracks.length; index += way) {
      const found = clipNear(arrangement, index, now)
      setTrackChosen(index)
      if (found === undefined) continue
      focus.current = 'clip'
      return choose({ track: index, clip: found })
    }
  }

  const perform = (act: TimelineAct) => {
    switch (act.act) {
      case 'play':
        return player.toggle()
      case 'playhead':
        return player.seek(Math.min(end, Math.max(0, playhead.get() + act.by)))
      case 'next': {
        const all = snapTargets(arrangement, { words })
        return player.seek(nextTarget(all, playhead.get(), act.way) ?? (act.way === 1 ? end : 0))
      }
      case 'begin':
        return player.seek(0)
      case 'end':
        return player.seek(end)
      case 'choose':
        return chooseTrack(act.way)
      case 'nudge':
        return clip ? move({ at: clip.at + act.by }) : setSaid(t.timeline.said.noClip)
      case 'here':
        return move({ at: playhead.get() })
      case 'toTrack':
        return needs((at) => clip && move({ at: clip.at, track: at.track + act.way }))
      case 'split':
        return split()
      case 'trimStart':
        return needs((at) => trimmed(trimStart(arrangement, at, playhead.get()), at))
      case 'trimEnd':
        return needs((at) => trimmed(trimEnd(arrangement, at, playhead.get(), durationOf(clip?.source ?? '')), at))
      case 'fadeIn':
      case 'fadeOut': {
        const side = act.act
        return needs((at) => {
          if (!clip) return
          const length = side === 'fadeIn' ? playhead.get() - clip.at : clipEnd(clip) - playhead.get()
          const long = Math.min(Math.max(0, length), clipLength(clip))
          edit(setFade(arrangement, at, side, long), t.timeline.said.fade(clock(long)))
        })
      }
      case 'gain':
        return needs((at) => {
          const gain = Math.round(((clip?.gain ?? 0) + act.by) * 10) / 10
          edit(setClipGain(arrangement, at, gain), t.timeline.said.gain(format.number(gain, 1)))
        })
      case 'copy':
        return copy()
      case 'remove':
        return remove()
      case 'mute':
        return mute(track)
      case 'solo':
        return alone(track)
      case 'snap':
        setSnap(!snap)
        return setSaid(snap ? t.timeline.said.snapOff : t.timeline.said.snapOn)
      case 'zoom':
        return zoomBy(act.way)
      case 'fit':
        return setZoomed(null)
      case 'details':
        focus.current = 'details'
        return setSaid('')
      case 'undo':
      case 'redo':
        return back(act.act)
      case 'help':
        return setDialog('keys')
    }
  }
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (event.altKey || target.closest('input, select')) return
    // Space and Enter press a button that is none of a clip.
    const onButton = target.closest('button') && !target.closest('[data-place]')
    if (onButton && (event.key === ' ' || event.key === 'Enter')) return
    const { key, code, shiftKey, ctrlKey, metaKey } = event
    const act = actOf({ key, code, shiftKey, command: ctrlKey || metaKey })
    if (!act) return
    event.preventDefault()
    perform(act)
  }

  const add = ({ sound, track: target }: Added) => {
    setDialog(null)
    const at = playhead.get()
    const named = typeof sound === 'string' ? { draft, source: sound } : sourceOf(draft, sound.item)
    if (typeof sound !== 'string') setKnown((old) => new Set(old).add(sound.item))
    const made = clipOf(
      named.source,
      typeof sound === 'string' ? (end > at ? end - at : MADE_SECONDS) : sound.duration,
      at,
    )
    const duck = { duck: mixDefaults.duck, gain: mixDefaults.level }
    const base =
      typeof target === 'number'
        ? arrangement
        : addTrack(arrangement, { role: target, ...(target === 'background' ? duck : {}) })
    const done = addClip(base, typeof target === 'number' ? target : base.tracks.length - 1, made)
    setPlace(done.place)
    setTrackChosen(done.place.track)
    handle.change({ ...named.draft, arrangement: done.arrangement })
    setSaid(t.timeline.said.added)
  }

  const current = arrangement.tracks[track] ?? arrangement.tracks[0]
  const index = arrangement.tracks[track] ? track : 0
  const empty = end === 0
  return (
    <div className="tl stack" ref={root}>
      {gone.size > 0 ? (
        <p className="problem small" role="status">
          {t.timeline.gone(gone.size)}
        </p>
      ) : null}
      <Toolbar
        player={player}
        end={end}
        handle={handle}
        snap={snap}
        canSplit={chosen !== null}
        zoomed={zoomed !== null}
        onAct={perform}
        onAdd={() => setDialog('add')}
      />
      {handle.saving === 'conflict' ? (
        <div className="problem row spread" role="alert">
          <span>{t.timeline.conflict}</span>
          <span className="row">
            <button type="button" className="button small" onClick={() => handle.settle('theirs')}>
              {t.timeline.takeTheirs}
            </button>
            <button type="button" className="button small" onClick={() => handle.settle('mine')}>
              {t.timeline.takeMine}
            </button>
          </span>
        </div>
      ) : (
        <ProblemNote error={handle.error ?? player.error} />
      )}
      {empty ? <p className="soft">{t.timeline.empty}</p> : null}
      <TracksView
        shown={shown}
        chosen={chosen}
        track={index}
        solo={solo}
        names={names}
        nameOf={nameOf}
        itemOf={itemOf}
        durationOf={durationOf}
        targets={targets}
        zoom={zoom}
        playhead={playhead}
        onFit={setWide}
        onChoose={choose}
        onTrack={setTrackChosen}
        onSeek={(time) => player.seek(Math.min(end, time))}
        onDrag={(next, done, at) => {
          setLive(done === null ? next : null)
          if (done !== null) edit({ arrangement: next, place: at })
        }}
        onMute={mute}
        onSolo={alone}
        onGain={(one, gain) => keep(setTrack(arrangement, one, { gain }), `gain ${one}`)}
        onKey={onKey}
      />
      <p className="tiny soft" id="tl-hint">
        {t.timeline.tracksHint}
      </p>
      <p className="hidden" role="status">
        {said}
      </p>
      <div className="tl-details">
        {clip && chosen ? (
          <ClipDetails
            arrangement={arrangement}
            place={chosen}
            clip={clip}
            name={nameOf(clip.source)}
            duration={durationOf(clip.source)}
            trackNames={names}
            playhead={playhead}
            onEdit={edit}
            onAct={(act) => perform({ act })}
          />
        ) : (
          <p className="soft small">{empty ? '' : t.timeline.nothingChosen}</p>
        )}
        {current ? (
          <TrackDetails
            arrangement={arrangement}
            index={index}
            track={current}
            name={names[index] ?? ''}
            onEdit={keep}
          />
        ) : null}
      </div>
      {solo.size > 0 ? <p className="small soft">{t.timeline.soloHint}</p> : null}
      <SavePart
        item={item}
        draft={draft}
        empty={empty}
        onLoudness={(loudness) => handle.change({ ...draft, loudness })}
        onFlush={handle.flush}
      />
      {dialog === 'add' ? (
        <AddDialog item={item.id} trackNames={names} onAdd={add} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'keys' ? <KeysDialog onClose={() => setDialog(null)} /> : null}
    </div>
  )
}
