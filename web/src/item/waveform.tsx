/** The waveform: drawn from our peaks, followed and moved by the player, with what is cut and the clip shown in it. */

import type { TimeRange } from '@sotto/media/words'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type WaveSurfer from 'wavesurfer.js'
import type RegionsPlugin from 'wavesurfer.js/plugins/regions'
import { useText } from '../text/text.tsx'
import type { ClipRange } from './clip-range.ts'
import { readWaveform, type Waveform } from './peaks.ts'

/** More pairs than this are never drawn: 200,000 are 33 minutes at 10 ms, or ten hours at 0.16 s. */
const PAIRS = 250_000

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}
/** `light-dark()` is resolved where it is used; a canvas needs the resolved colour. */
function resolved(name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value || colour(name)
}

/**
 * wavesurfer writes a `<style>` into its shadow root, which our content security policy refuses. The element is taken
 * out before the root is in the document (where the policy looks), and its rules are adopted as a sheet instead.
 */
function adoptStyles(holder: HTMLElement): void {
  const shadow = holder.firstElementChild?.shadowRoot
  const style = shadow?.querySelector('style')
  if (!shadow || !style) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style.textContent ?? '')
  style.remove()
  shadow.adoptedStyleSheets = [sheet]
}

/** `zoom` in pixels a second, 0 to fit. `clip` null hides its handles. */
export function WaveformView(props: {
  id: string
  media: RefObject<HTMLMediaElement | null>
  duration: number
  zoom: number
  cuts: readonly TimeRange[]
  clip: ClipRange | null
  onClip(range: ClipRange): void
  /** Called when it was drawn: it can be clicked and dragged then. */
  onDrawn(): void
}) {
  const { id, media, zoom, cuts, clip } = props
  const t = useText()
  const host = useRef<HTMLDivElement>(null)
  const [made, setMade] = useState<{ surfer: WaveSurfer; regions: ReturnType<typeof RegionsPlugin.create> } | null>(
    null,
  )
  const [failed, setFailed] = useState(false)
  const onClip = useRef(props.onClip)
  onClip.current = props.onClip
  const onDrawn = useRef(props.onDrawn)
  onDrawn.current = props.onDrawn

  useEffect(() => {
    const place = host.current
    const player = media.current
    if (!place || !player) return
    const controller = new AbortController()
    let surfer: WaveSurfer | null = null
    const draw = async () => {
      const [{ default: Surfer }, { default: Regions }, waveform] = await Promise.all([
        import('wavesurfer.js'),
        import('wavesurfer.js/plugins/regions'),
        fetchWaveform(id, controller.signal),
      ])
      if (controller.signal.aborted) return
      const holder = document.createElement('div')
      const regions = Regions.create()
      surfer = Surfer.create({
        container: holder,
        media: player,
        peaks: [waveform.high, waveform.low],
        duration: waveform.duration || props.duration,
        height: 128,
        normalize: true,
        dragToSeek: true,
        cursorWidth: 2,
        waveColor: resolved('--wave'),
        progressColor: resolved('--accent'),
        cursorColor: resolved('--ink'),
        plugins: [regions],
      })
      adoptStyles(holder)
      place.replaceChildren(holder)
      setMade({ surfer, regions })
      onDrawn.current()
    }
    draw().catch(() => {
      if (!controller.signal.aborted) setFailed(true)
    })
    return () => {
      controller.abort()
      setMade(null)
      surfer?.destroy()
    }
  }, [id, media, props.duration])

  useEffect(() => {
    if (!made) return
    const repaint = () =>
      made.surfer.setOptions({
        waveColor: resolved('--wave'),
        progressColor: resolved('--accent'),
        cursorColor: resolved('--ink'),
      })
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(repaint)
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    dark.addEventListener('change', repaint)
    return () => {
      chosen.disconnect()
      dark.removeEventListener('change', repaint)
    }
  }, [made])
  useEffect(() => {
    if (made) made.surfer.zoom(zoom)
  }, [made, zoom])
  useEffect(() => {
    if (!made) return
    const color = resolved('--wave-cut')
    const drawn = cuts.map(({ start, end }) =>
      made.regions.addRegion({ start, end, color, drag: false, resize: false }),
    )
    return () => {
      for (const region of drawn) region.remove()
    }
  }, [made, cuts])
  const shown = clip !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a clip that moves is moved by the next effect, not made anew
  useEffect(() => {
    if (!made || !clip) return
    const region = made.regions.addRegion({
      id: 'clip',
      start: clip.from,
      end: clip.to,
      color: resolved('--wave-clip'),
      drag: true,
      resize: true,
    })
    region.on('update-end', () => onClip.current({ from: region.start, to: region.end }))
    return () => region.remove()
  }, [made, shown])
  useEffect(() => {
    const region = made?.regions.getRegions().find((one) => one.id === 'clip')
    if (region && clip && (region.start !== clip.from || region.end !== clip.to))
      region.setOptions({ start: clip.from, end: clip.to })
  }, [made, clip])
  return (
    <>
      <div ref={host} className="waveform" aria-hidden />
      {failed ? <p className="small soft">{t.player.waveFailed}</p> : null}
    </>
  )
}

async function fetchWaveform(id: string, signal: AbortSignal): Promise<Waveform> {
  const response = await fetch(`/api/items/${id}/peaks`, { signal })
  if (!response.ok || !response.body) throw new Error(`peaks: ${response.status}`)
  return readWaveform(response.body, PAIRS)
}
