/** The chosen clip in numbers: everything the pointer can do, and to the hundredth. */
import { type Arrangement, type Clip, clipLength, isLooped } from '@sotto/media/mix/arrangement'
import {
  type ClipPlace,
  canSplit,
  type Edited,
  moveClip,
  setClipGain,
  setFade,
  setLoop,
  trimEnd,
  trimStart,
} from '@sotto/media/mix/arrangement-edit'
import { type Store, useStore } from '../api/store.ts'
import { useText } from '../text/text.tsx'
import { NumberField } from './number-field.tsx'

/** `duration` of the clip's recording, infinite for a made sound. */
export function ClipDetails(props: {
  arrangement: Arrangement
  place: ClipPlace
  clip: Clip
  name: string
  duration: number
  trackNames: readonly string[]
  playhead: Store<number>
  onEdit(edited: Arrangement | Edited): void
  onAct(act: 'split' | 'here' | 'copy' | 'remove'): void
}) {
  const { arrangement, place, clip, duration, onEdit, onAct } = props
  const t = useText()
  const now = useStore(props.playhead)
  const length = clipLength(clip)
  const seconds = (label: string, value: number, max: number, onValue: (value: number) => void, min = 0) => (
    <NumberField
      label={label}
      unit={t.timeline.seconds}
      value={value}
      min={min}
      max={max}
      step={0.01}
      onValue={onValue}
    />
  )
  const most = 86_400
  return (
    <fieldset className="tl-fields">
      <legend>
        {t.timeline.clip}: {props.name}
      </legend>
      {seconds(t.timeline.begins, clip.at, most, (at) => onEdit(moveClip(arrangement, place, { at })))}
      {seconds(t.timeline.lasts, length, most, (value) =>
        onEdit(trimEnd(arrangement, place, clip.at + value, duration)),
      )}
      {isLooped(clip)
        ? null
        : seconds(t.timeline.from, clip.from, clip.to, (from) =>
            onEdit(trimStart(arrangement, place, clip.at + from - clip.from)),
          )}
      {seconds(t.timeline.fadeIn, clip.fadeIn ?? 0, length, (value) =>
        onEdit(setFade(arrangement, place, 'fadeIn', value)),
      )}
      {seconds(t.timeline.fadeOut, clip.fadeOut ?? 0, length, (value) =>
        onEdit(setFade(arrangement, place, 'fadeOut', value)),
      )}
      <NumberField
        label={t.timeline.gain}
        unit={t.timeline.decibels}
        value={clip.gain ?? 0}
        min={-96}
        max={48}
        step={0.5}
        onValue={(gain) => onEdit(setClipGain(arrangement, place, gain))}
      />
      <label className="field tl-number">
        <span>{t.timeline.onTrack}</span>
        <select
          value={place.track}
          onChange={(event) => onEdit(moveClip(arrangement, place, { at: clip.at, track: Number(event.target.value) }))}
        >
          {props.trackNames.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a track is its place
            <option key={index} value={index}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {typeof clip.source === 'number' ? (
        <label className="choice">
          <input
            type="checkbox"
            checked={isLooped(clip)}
            onChange={(event) => onEdit(setLoop(arrangement, place, event.target.checked))}
          />
          <span>{t.timeline.loop}</span>
        </label>
      ) : null}
      <div className="row tl-acts">
        <button type="button" className="button small" disabled={!canSplit(clip, now)} onClick={() => onAct('split')}>
          {t.timeline.splitHere}
        </button>
        <button
          type="button"
          className="button small"
          disabled={Math.abs(now - clip.at) < 1e-6}
          onClick={() => onAct('here')}
        >
          {t.timeline.moveHere}
        </button>
        <button type="button" className="button small" onClick={() => onAct('copy')}>
          {t.timeline.copy}
        </button>
        <button type="button" className="button small" onClick={() => onAct('remove')}>
          {t.timeline.remove}
        </button>
      </div>
    </fieldset>
  )
}
