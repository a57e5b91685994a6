/** Playing an item: the browser's own media element, our buttons, the waveform, and cuts skipped while it plays. */
import { heardOf, type TimeRange } from '@sotto/media/words'
import { ChevronsLeft, ChevronsRight, Pause, Play, ZoomIn, ZoomOut } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import type { Item } from '../api/api.ts'
import { useFormat, useText } from '../text/text.tsx'
import type { ClipRange } from './clip-range.ts'
import { nextPart } from './next-part.ts'
import { WaveformView } from './waveform.tsx'
import './player.css'

const RATES = [0.75, 1, 1.25, 1.5, 2] as const
const MOST_ZOOM = 400

/** `media` is the element, shared with the words and the panels. */
export function Player(props: {
  item: Item
  duration: number
  media: RefObject<HTMLMediaElement | null>
  cuts: readonly TimeRange[]
  /** Passages in the order they are heard in; empty where nothing was moved. */
  order: readonly TimeRange[]
  clip: ClipRange | null
  onClip(range: ClipRange): void
}) {
  const { item, duration, media, cuts, order } = props
  const t = useText()
  const format = useFormat()
  const [playing, setPlaying] = useState(false)
  const [now, setNow] = useState(0)
  const [rate, setRate] = useState(1)
  const [zoom, setZoom] = useState(0)
  const [skip, setSkip] = useState(true)
  const [failed, setFailed] = useState(false)
  const [drawn, setDrawn] = useState(false)

  // a frame's patience at most: timeupdate alone comes four times a second and lets a cut be heard
  useEffect(() => {
    const player = media.current
    if (!playing || !player) return
    let frame = 0
    const heard = skip ? heardOf(order, cuts, duration) : []
    let part = -1
    const follow = () => {
      if (skip && !player.seeking) {
        const step = nextPart(heard, part, player.currentTime)
        part = step.part
        if (step.to === null) player.pause()
        else if (step.to !== undefined) player.currentTime = step.to
      }
      setNow(player.currentTime)
      frame = requestAnimationFrame(follow)
    }
    follow()
    return () => cancelAnimationFrame(frame)
  }, [playing, media, cuts, order, skip, duration])

  const toggle = () => {
    const player = media.current
    if (!player) return
    if (!player.paused) return player.pause()
    const heard = heardOf(skip ? order : [], skip ? cuts : [], duration)
    const last = heard.at(-1)
    const over = last && player.currentTime >= last.end - 0.02 && player.currentTime < last.end + 0.25
    if (over) player.currentTime = heard[0]?.start ?? 0
    player.play().catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailed(true)
    })
  }
  const move = (by: number) => {
    if (media.current) media.current.currentTime = Math.min(duration, Math.max(0, media.current.currentTime + by))
  }
  const events = {
    src: `/api/items/${item.id}/media`,
    preload: 'metadata' as const,
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onSeeked: () => setNow(media.current?.currentTime ?? 0),
    onError: () => setFailed(true),
  }
  return (
    <section className="player" aria-label={t.player.label}>
      {item.media === 'video' ? (
        <video
          ref={media as RefObject<HTMLVideoElement>}
          className="video"
          playsInline
          aria-label={t.player.video}
          {...events}
        >
          <track kind="captions" />
        </video>
      ) : (
        <audio ref={media as RefObject<HTMLAudioElement>} {...events}>
          <track kind="captions" />
        </audio>
      )}
      <WaveformView
        id={item.id}
        media={media}
        duration={duration}
        zoom={zoom}
        cuts={cuts}
        clip={props.clip}
        onClip={props.onClip}
        onDrawn={() => setDrawn(true)}
      />
      {/* with a waveform to click the slider is for keys and screen readers alone */}
      <label className={drawn ? 'seek hidden' : 'seek'}>
        <span className="hidden">{t.player.position}</span>
        <input
          type="range"
          min={0}
          max={duration}
          step={0.01}
          value={Math.min(now, duration)}
          aria-valuetext={t.player.positionOf(format.clock(now), format.clock(duration))}
          onChange={(event) => {
            if (media.current) media.current.currentTime = event.target.valueAsNumber
            setNow(event.target.valueAsNumber)
          }}
        />
      </label>
      <div className="row transport">
        <button type="button" className="button icon plain" aria-label={t.player.back} onClick={() => move(-5)}>
          <ChevronsLeft aria-hidden />
        </button>
        <button
          type="button"
          className="button icon primary big"
          aria-label={playing ? t.player.pause : t.player.play}
          onClick={toggle}
        >
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        </button>
        <button type="button" className="button icon plain" aria-label={t.player.forward} onClick={() => move(5)}>
          <ChevronsRight aria-hidden />
        </button>
        <span className="numbers time">
          {format.clock(now, duration < 600)} <span className="soft">/ {format.clock(duration)}</span>
        </span>
        <span className="push row">
          {cuts.length > 0 || order.length > 0 ? (
            <label className="choice small">
              <input type="checkbox" checked={skip} onChange={(event) => setSkip(event.target.checked)} />
              <span>{t.player.skipCuts}</span>
            </label>
          ) : null}
          <label className="pick small">
            <span className="hidden">{t.player.rate}</span>
            <select
              value={rate}
              onChange={(event) => {
                const value = Number(event.target.value)
                setRate(value)
                if (media.current) media.current.playbackRate = value
              }}
            >
              {RATES.map((one) => (
                <option key={one} value={one}>
                  {format.number(one, 2)}×
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button icon small plain"
            aria-label={t.player.zoomOut}
            disabled={zoom === 0}
            onClick={() => setZoom((old) => (old <= 10 ? 0 : old / 2))}
          >
            <ZoomOut aria-hidden />
          </button>
          <button
            type="button"
            className="button icon small plain"
            aria-label={t.player.zoomIn}
            disabled={zoom >= MOST_ZOOM}
            onClick={() => setZoom((old) => Math.min(MOST_ZOOM, old === 0 ? fitting(duration) * 2 : old * 2))}
          >
            <ZoomIn aria-hidden />
          </button>
        </span>
      </div>
      {failed ? (
        <p className="problem small" role="alert">
          {t.player.failed}
        </p>
      ) : null}
    </section>
  )
}

/** Pixels a second at which the whole recording fits, about. */
function fitting(duration: number): number {
  return Math.max(10, Math.min(window.innerWidth, 1100) / Math.max(1, duration))
}
