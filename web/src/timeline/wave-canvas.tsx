/** The waveform of a clip, drawn only as far as it is in sight. */
import { type Clip, isLooped } from '@sotto/media/mix/arrangement'
import { useEffect, useRef } from 'react'
import type { Waveform } from '../item/peaks.ts'
import { useWave } from './waves.ts'

/** Seconds of the crossfade between two turns, as the engine makes them. */
const SEAM = 1

/** The moment of the source that sounds `gone` seconds into a clip. */
export function sourceTime(clip: Clip, gone: number): number {
  if (!isLooped(clip)) return clip.from + gone
  const stretch = clip.to - clip.from
  const period = Math.max(0.01, stretch - Math.min(SEAM, stretch / 4))
  return clip.from + (((clip.offset ?? 0) + gone) % period)
}

/** `from` and `to`: the part in sight, seconds into the clip. `item` null: a made sound, which has no waveform. */
export function WaveCanvas(props: { clip: Clip; item: string | null; zoom: number; from: number; to: number }) {
  const { clip, item, zoom, from, to } = props
  const wave = useWave(item)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const place = canvas.current
    if (place) draw(place, wave, { clip, zoom, from, to })
  }, [wave, clip, zoom, from, to])
  return (
    <canvas ref={canvas} className="tl-wave" aria-hidden style={{ left: from * zoom, width: (to - from) * zoom }} />
  )
}

function draw(
  canvas: HTMLCanvasElement,
  wave: Waveform | null,
  { clip, zoom, from, to }: { clip: Clip; zoom: number; from: number; to: number },
): void {
  const width = Math.max(1, Math.round((to - from) * zoom))
  const height = Math.max(1, canvas.clientHeight)
  const sharp = Math.min(2, window.devicePixelRatio || 1)
  canvas.width = width * sharp
  canvas.height = height * sharp
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(sharp, sharp)
  context.fillStyle = getComputedStyle(canvas).color
  if (!wave) return
  const gain = 10 ** ((clip.gain ?? 0) / 20)
  for (let x = 0; x < width; x += 1) {
    const start = sourceTime(clip, from + x / zoom) * wave.perSecond
    const count = Math.max(1, wave.perSecond / zoom)
    let [top, bottom] = [0, 0]
    for (let pair = Math.floor(start); pair < start + count; pair += 1) {
      top = Math.max(top, wave.high[pair] ?? 0)
      bottom = Math.min(bottom, wave.low[pair] ?? 0)
    }
    const reach = (value: number) => Math.min(1, Math.abs(value) * gain) * (height / 2 - 2)
    const [up, down] = [reach(top), reach(bottom)]
    context.fillRect(x, height / 2 - up, 1, Math.max(1, up + down))
  }
}
