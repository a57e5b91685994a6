/** A clip on its track: chosen by focus, moved, trimmed and faded by pointer. Keys and fields do the same. */
import { type Clip, clipLength } from '@sotto/media/mix/arrangement'
import { clipEnd } from '@sotto/media/mix/arrangement-edit'
import type { PointerEvent } from 'react'
import { useFormat, useText } from '../text/text.tsx'
import { WaveCanvas } from './wave-canvas.tsx'

/** What is dragged of a clip. */
export type Grip = 'clip' | 'start' | 'end' | 'fadeIn' | 'fadeOut'

/** `item` null for a made sound. `sight`: the part of the timeline that is drawn, seconds. */
export function ClipBox(props: {
  clip: Clip
  name: string
  item: string | null
  place: string
  chosen: boolean
  zoom: number
  sight: { from: number; to: number }
  onChoose(): void
  onGrip(grip: Grip, event: PointerEvent<HTMLElement>): void
}) {
  const { clip, zoom, chosen, sight, onGrip } = props
  const t = useText()
  const format = useFormat()
  const length = clipLength(clip)
  const from = Math.max(0, sight.from - clip.at)
  const to = Math.min(length, sight.to - clip.at)
  const fades = [clip.fadeIn ?? 0, clip.fadeOut ?? 0] as const
  return (
    <div className={chosen ? 'tl-clip chosen' : 'tl-clip'} style={{ left: clip.at * zoom, width: length * zoom }}>
      {to > from ? <WaveCanvas clip={clip} item={props.item} zoom={zoom} from={from} to={to} /> : null}
      <svg className="tl-fades" aria-hidden preserveAspectRatio="none" viewBox={`0 0 ${length} 1`}>
        <title>{props.name}</title>
        <path d={`M0 0 H${fades[0]} Q${fades[0] * 0.3} 0.25 0 1 Z`} />
        <path d={`M${length} 0 H${length - fades[1]} Q${length - fades[1] * 0.3} 0.25 ${length} 1 Z`} />
      </svg>
      <button
        type="button"
        className="tl-clip-name"
        data-place={props.place}
        aria-pressed={chosen}
        aria-label={t.timeline.clipName(props.name, format.clock(clip.at, true), format.clock(clipEnd(clip), true))}
        onFocus={props.onChoose}
        onClick={props.onChoose}
        onPointerDown={(event) => onGrip('clip', event)}
      >
        <span>{props.name}</span>
      </button>
      {(['start', 'end'] as const).map((side) => (
        <span key={side} className={`tl-edge ${side}`} aria-hidden onPointerDown={(event) => onGrip(side, event)} />
      ))}
      {(['fadeIn', 'fadeOut'] as const).map((side, index) => (
        <span
          key={side}
          className="tl-fade"
          aria-hidden
          style={{ left: (index === 0 ? fades[0] : length - fades[1]) * zoom }}
          onPointerDown={(event) => onGrip(side, event)}
        />
      ))}
    </div>
  )
}
