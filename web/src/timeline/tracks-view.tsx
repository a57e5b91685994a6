/** Ruler, tracks and playhead, on one surface that scrolls sideways; clips are drawn only as far as they are in sight. */
import { type Arrangement, arrangementLength, clipLength } from '@sotto/media/mix/arrangement'
import { type ClipPlace, clipAt, moveClip, setFade, trimEnd, trimStart } from '@sotto/media/mix/arrangement-edit'
import { snapped, snappedMove } from '@sotto/media/mix/snap'
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Store, useStore } from '../api/store.ts'
import { useText } from '../text/text.tsx'
import { ClipBox, type Grip } from './clip-box.tsx'
import { Ruler } from './ruler.tsx'
import { TrackHead } from './track-head.tsx'
import { startDrag } from './use-drag.ts'

/** Edges snap to what is this near, pixels. */
const REACH = 8
/** Seconds that are there to drop things on, after the end. */
const ROOM = 5

/** `shown` is what is drawn: what is being dragged is in it. */
export function TracksView(props: {
  shown: Arrangement
  chosen: ClipPlace | null
  track: number
  solo: ReadonlySet<number>
  names: readonly string[]
  nameOf(source: number | string): string
  itemOf(source: number | string): string | null
  durationOf(source: number | string): number
  targets(except: ClipPlace | null): readonly number[]
  zoom: number
  playhead: Store<number>
  onFit(width: number): void
  onChoose(place: ClipPlace): void
  onTrack(track: number): void
  onSeek(time: number): void
  onDrag(next: Arrangement, done: boolean | null, place: ClipPlace): void
  onMute(track: number): void
  onSolo(track: number): void
  onGain(track: number, gain: number): void
  onKey(event: KeyboardEvent): void
}) {
  const { shown, zoom, chosen, playhead } = props
  const t = useText()
  const scroll = useRef<HTMLDivElement>(null)
  const lanes = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ from: 0, to: 60 })
  const length = arrangementLength(shown) + ROOM

  const look = useCallback(() => {
    const box = scroll.current
    const lane = lanes.current
    if (!box || !lane) return
    // Half a window more on both sides, in steps of that: so nothing is drawn anew at every pixel of scrolling.
    const step = Math.max(1, box.clientWidth / 2)
    const start = Math.floor(box.scrollLeft / step) - 1
    const next = { from: Math.max(0, (start * step) / zoom), to: ((start + 5) * step) / zoom }
    setSight((old) => (old.from === next.from && old.to === next.to ? old : next))
  }, [zoom])
  useLayoutEffect(look, [look])
  const onFit = useRef(props.onFit)
  onFit.current = props.onFit
  useEffect(() => {
    const box = scroll.current
    if (!box) return
    const fit = () => {
      onFit.current(laneWidth(box, lanes.current))
      look()
    }
    fit()
    const watch = new ResizeObserver(fit)
    watch.observe(box)
    return () => watch.disconnect()
  }, [look])

  /** The moment under a place on the screen. */
  const timeAt = (clientX: number) => Math.max(0, (clientX - (lanes.current?.getBoundingClientRect().left ?? 0)) / zoom)
  const trackAt = (clientY: number) => {
    const rows = [...(scroll.current?.querySelectorAll<HTMLElement>('[data-lane]') ?? [])]
    const found = rows.findIndex((row) => clientY < row.getBoundingClientRect().bottom)
    return found < 0 ? rows.length - 1 : found
  }

  const grip = (place: ClipPlace, kind: Grip, event: PointerEvent<HTMLElement>) => {
    const base = shown
    const clip = clipAt(base, place)
    if (!clip) return
    props.onChoose(place)
    const targets = props.targets(kind === 'clip' ? place : null)
    const reach = REACH / zoom
    const edge = kind === 'start' || kind === 'fadeIn' ? clip.at : clip.at + clipLength(clip)
    let last = { arrangement: base, place }
    startDrag(event, {
      move: (x, _, pointer) => {
        const by = x / zoom
        if (kind === 'clip') {
          const at = snappedMove(targets, clip.at + by, clipLength(clip), reach)
          last = moveClip(base, place, { at, track: trackAt(pointer.clientY) })
        } else if (kind === 'start' || kind === 'end') {
          const time = snapped(targets, edge + by, reach)
          const next =
            kind === 'start' ? trimStart(base, place, time) : trimEnd(base, place, time, props.durationOf(clip.source))
          last = { arrangement: next, place }
        } else {
          const length = (clip[kind] ?? 0) + (kind === 'fadeIn' ? by : -by)
          last = { arrangement: setFade(base, place, kind, length), place }
        }
        props.onDrag(last.arrangement, null, last.place)
      },
      end: (done) => props.onDrag(done ? last.arrangement : base, done, done ? last.place : place),
    })
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of tracks is no part of a form
    <div
      ref={scroll}
      className="tl-scroll"
      role="group"
      aria-label={t.timeline.tracks}
      aria-describedby="tl-hint"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the tracks take keys, also while nothing is on them
      tabIndex={0}
      onScroll={look}
      onKeyDown={props.onKey}
    >
      <div className="tl-surface" style={{ ['--lane' as string]: `${length * zoom}px` }}>
        <div className="tl-row tl-top">
          <span className="tl-corner" />
          <Ruler
            zoom={zoom}
            from={sight.from}
            to={Math.min(sight.to, length)}
            onSeek={(x) => props.onSeek(timeAt(x))}
          />
        </div>
        <div className="tl-row tl-origin" aria-hidden>
          <span className="tl-corner" />
          <div ref={lanes} className="tl-zero">
            <Playhead zoom={zoom} playhead={playhead} scroll={scroll} lanes={lanes} />
          </div>
        </div>
        {shown.tracks.map((track, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a track is its place
          <section key={index} className="tl-row" aria-label={props.names[index]}>
            <TrackHead
              track={track}
              name={props.names[index] ?? ''}
              chosen={props.track === index}
              solo={props.solo.has(index)}
              onChoose={() => props.onTrack(index)}
              onMute={() => props.onMute(index)}
              onSolo={() => props.onSolo(index)}
              onGain={(gain) => props.onGain(index, gain)}
            />
            <div
              className={`tl-lane ${track.role}${track.muted || (props.solo.size > 0 && !props.solo.has(index)) ? ' quiet' : ''}`}
              data-lane={index}
              onPointerDown={(event) => {
                if (event.target !== event.currentTarget) return
                props.onTrack(index)
                props.onSeek(timeAt(event.clientX))
              }}
            >
              {track.clips.map((clip, place) => (
                <ClipBox
                  // biome-ignore lint/suspicious/noArrayIndexKey: a clip is its place; it stays while it is moved
                  key={place}
                  clip={clip}
                  name={props.nameOf(clip.source)}
                  item={props.itemOf(clip.source)}
                  place={`${index} ${place}`}
                  chosen={chosen?.track === index && chosen.clip === place}
                  zoom={zoom}
                  sight={sight}
                  onChoose={() => props.onChoose({ track: index, clip: place })}
                  onGrip={(kind, event) => grip({ track: index, clip: place }, kind, event)}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  )
}

/** Pixels that a lane has in the window: all of it, or what the heads beside leave. */
function laneWidth(box: HTMLElement, lanes: HTMLElement | null): number {
  const beside = (lanes?.getBoundingClientRect().left ?? 0) - box.getBoundingClientRect().left + box.scrollLeft
  return Math.max(100, box.clientWidth - Math.max(0, beside))
}

/** The line through all tracks; keeps itself in sight. Drawn apart, so that nothing else is drawn anew while it moves. */
function Playhead(props: {
  zoom: number
  playhead: Store<number>
  scroll: { readonly current: HTMLDivElement | null }
  lanes: { readonly current: HTMLDivElement | null }
}) {
  const now = useStore(props.playhead)
  const { zoom, scroll, lanes } = props
  useEffect(() => {
    const box = scroll.current
    const lane = lanes.current
    if (!box || !lane) return
    const width = laneWidth(box, lane)
    const x = now * zoom
    if (x < box.scrollLeft || x > box.scrollLeft + width - 24) box.scrollLeft = Math.max(0, x - width / 4)
  }, [now, zoom, scroll, lanes])
  return <span className="tl-playhead" style={{ transform: `translateX(${now * zoom}px)` }} />
}
