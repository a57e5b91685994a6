/** The ruler over the tracks: times, and the place to put the playhead by pointer. */
import { useFormat } from '../text/text.tsx'

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600] as const
/** Pixels between two numbers at least. */
const APART = 64

/** `from` and `to`: the part in sight, seconds. */
export function Ruler(props: { zoom: number; from: number; to: number; onSeek(clientX: number): void }) {
  const { zoom, from, to, onSeek } = props
  const format = useFormat()
  const step = STEPS.find((one) => one * zoom >= APART) ?? 3600
  const marks: number[] = []
  for (let n = Math.floor(from / step); n * step <= to; n += 1) marks.push(n * step)
  return (
    // Keys move the playhead by the slider beside the buttons.
    <div
      className="tl-ruler numbers"
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        onSeek(event.clientX)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onSeek(event.clientX)
      }}
    >
      {marks.map((time) => (
        <span key={time} style={{ left: time * zoom }}>
          {format.clock(time, step < 1)}
        </span>
      ))}
    </div>
  )
}
