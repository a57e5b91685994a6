/** How loud it is now: a bar on a decibel scale, drawn with each frame while recording. */
import { useEffect, useRef } from 'react'
import { useText } from '../text/text.tsx'

/** Share of the bar for a peak of 0 to 1: -60 dBFS is empty, 0 dBFS full. */
export function meterShare(peak: number): number {
  return peak <= 0 ? 0 : Math.min(1, Math.max(0, 1 + (20 * Math.log10(peak)) / 60))
}

/** `level` is asked with each frame. */
export function LevelMeter({ level, active }: { level(): number; active: boolean }) {
  const t = useText()
  const bar = useRef<HTMLDivElement>(null)
  const meter = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `level` reads a ref
  useEffect(() => {
    if (!active) {
      if (bar.current) bar.current.style.transform = 'scaleX(0)'
      meter.current?.setAttribute('aria-valuenow', '0')
      meter.current?.classList.remove('loud')
      return
    }
    let shown = 0
    let frame = 0
    const draw = () => {
      const peak = level()
      shown = Math.max(meterShare(peak), shown - 0.02)
      if (bar.current) bar.current.style.transform = `scaleX(${shown})`
      meter.current?.setAttribute('aria-valuenow', String(Math.round(shown * 100)))
      meter.current?.classList.toggle('loud', peak > 0.98)
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [active])
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn frame by frame without layout
    <div
      ref={meter}
      className="meter"
      role="meter"
      aria-label={t.record.level}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <div ref={bar} className="meter-bar" />
    </div>
  )
}
