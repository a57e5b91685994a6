/** The head of a track: its name, level, mute and solo. */
import type { Track } from '@sotto/media/mix/arrangement'
import { Headphones, VolumeX } from 'lucide-react'
import { useFormat, useText } from '../text/text.tsx'

/** Levels that can be dragged to; the field of the details goes further. */
const RANGE = [-40, 12] as const

/** `onGain` is called while the level is dragged, `onGainDone` when it is let go. */
export function TrackHead(props: {
  track: Track
  name: string
  chosen: boolean
  solo: boolean
  onChoose(): void
  onMute(): void
  onSolo(): void
  onGain(gain: number): void
}) {
  const { track, name } = props
  const t = useText()
  const format = useFormat()
  const gain = track.gain ?? 0
  return (
    <div className={props.chosen ? 'tl-head chosen' : 'tl-head'}>
      <button type="button" className="tl-head-name" aria-pressed={props.chosen} onClick={props.onChoose}>
        {name}
      </button>
      <button
        type="button"
        className="button icon small"
        aria-label={t.timeline.muteTrack(name)}
        aria-pressed={track.muted ?? false}
        title={t.timeline.mute}
        onClick={props.onMute}
      >
        <VolumeX aria-hidden />
      </button>
      <button
        type="button"
        className="button icon small"
        aria-label={t.timeline.soloTrack(name)}
        aria-pressed={props.solo}
        title={t.timeline.solo}
        onClick={props.onSolo}
      >
        <Headphones aria-hidden />
      </button>
      <input
        type="range"
        min={RANGE[0]}
        max={RANGE[1]}
        step={1}
        value={Math.max(RANGE[0], Math.min(RANGE[1], gain))}
        aria-label={t.timeline.trackGain(name)}
        aria-valuetext={t.timeline.decibelsOf(format.number(gain, 1))}
        onChange={(event) => props.onGain(event.target.valueAsNumber)}
      />
    </div>
  )
}
