/** The chosen track: what it is for, level, left or right, down under voices. */
import { type Arrangement, type Track, trackRoles } from '@sotto/media/mix/arrangement'
import { removeTrack, setTrack } from '@sotto/media/mix/arrangement-edit'
import { mixDefaults } from '@sotto/media/mix/mix-defaults'
import { useFormat, useText } from '../text/text.tsx'
import { NumberField } from './number-field.tsx'

/** The last track stays. */
export function TrackDetails(props: {
  arrangement: Arrangement
  index: number
  track: Track
  name: string
  /** `group`: see `useTimeline`. */
  onEdit(arrangement: Arrangement, group?: string): void
}) {
  const { arrangement, index, track, onEdit } = props
  const t = useText()
  const format = useFormat()
  const set = (settings: Parameters<typeof setTrack>[2], group?: string) =>
    onEdit(setTrack(arrangement, index, settings), group)
  const pan = track.pan ?? 0
  const share = format.percent(Math.abs(pan))
  const side = pan === 0 ? t.timeline.panMiddle : pan < 0 ? t.timeline.panLeft(share) : t.timeline.panRight(share)
  const { duck } = track
  return (
    <fieldset className="tl-fields">
      <legend>
        {t.timeline.track}: {props.name}
      </legend>
      <label className="field tl-number">
        <span>{t.timeline.role}</span>
        <select value={track.role} onChange={(event) => set({ role: event.target.value as Track['role'] })}>
          {trackRoles.map((role) => (
            <option key={role} value={role}>
              {t.timeline.roles[role]}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label={t.timeline.gain}
        unit={t.timeline.decibels}
        value={track.gain ?? 0}
        min={-96}
        max={48}
        step={0.5}
        onValue={(gain) => set({ gain })}
      />
      <label className="field tl-pan">
        <span>
          {t.timeline.pan}: {side}
        </span>
        <input
          type="range"
          min={-1}
          max={1}
          step={0.05}
          value={pan}
          aria-valuetext={side}
          onChange={(event) => set({ pan: Math.round(event.target.valueAsNumber * 100) / 100 }, `pan ${index}`)}
        />
      </label>
      {track.role === 'voice' ? null : (
        <label className="choice">
          <input
            type="checkbox"
            checked={duck !== undefined}
            onChange={(event) => set({ duck: event.target.checked ? mixDefaults.duck : null })}
          />
          <span>{t.timeline.duck}</span>
        </label>
      )}
      {duck && track.role !== 'voice' ? (
        <>
          <NumberField
            label={t.timeline.depth}
            unit={t.timeline.decibels}
            value={duck.depth}
            min={0}
            max={60}
            step={1}
            onValue={(depth) => set({ duck: { ...duck, depth } })}
          />
          <NumberField
            label={t.timeline.attack}
            unit={t.timeline.seconds}
            value={duck.attack}
            min={0}
            max={10}
            step={0.1}
            onValue={(attack) => set({ duck: { ...duck, attack } })}
          />
          <NumberField
            label={t.timeline.release}
            unit={t.timeline.seconds}
            value={duck.release}
            min={0}
            max={10}
            step={0.1}
            onValue={(release) => set({ duck: { ...duck, release } })}
          />
        </>
      ) : null}
      <div className="row tl-acts">
        <button
          type="button"
          className="button small"
          disabled={arrangement.tracks.length < 2}
          onClick={() => onEdit(removeTrack(arrangement, index))}
        >
          {t.timeline.removeTrack}
        </button>
      </div>
    </fieldset>
  )
}
