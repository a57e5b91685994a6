/** One slider between before and after, both playing in step. */
import { Pause, Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useFormat, useText } from '../text/text.tsx'
import { Crossfade } from './crossfade.ts'
import './compare.css'

/** `before` and `after` are addresses of sound of the same length. */
export function Compare({ before, after, label }: { before: string; after: string; label: string }) {
  const t = useText()
  const format = useFormat()
  const first = useRef<HTMLAudioElement>(null)
  const second = useRef<HTMLAudioElement>(null)
  const fade = useRef<Crossfade | null>(null)
  const [mix, setMix] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [broken, setBroken] = useState(false)
  const [at, setAt] = useState({ now: 0, length: 0 })

  // biome-ignore lint/correctness/useExhaustiveDependencies: new addresses are new elements
  useEffect(() => {
    const a = first.current
    const b = second.current
    if (!a || !b) return
    const crossfade = new Crossfade(a, b)
    fade.current = crossfade
    return () => crossfade[Symbol.dispose]()
  }, [before, after])
  useEffect(() => {
    if (fade.current) fade.current.mix = mix
  }, [mix])

  const toggle = () => {
    if (playing) fade.current?.pause()
    else {
      if (fade.current) fade.current.mix = mix
      fade.current?.play().catch((error: unknown) => {
        // a pause before the sound had begun is no failure
        if (!(error instanceof DOMException && error.name === 'AbortError')) setBroken(true)
      })
    }
  }
  return (
    <section className="compare" aria-label={label}>
      <audio
        key={before}
        ref={first}
        src={before}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) =>
          setAt({ now: event.currentTarget.currentTime, length: event.currentTarget.duration || 0 })
        }
      >
        <track kind="captions" />
      </audio>
      <audio key={after} ref={second} src={after} preload="metadata">
        <track kind="captions" />
      </audio>
      <div className="compare-row">
        <button
          type="button"
          className="button icon primary"
          aria-label={playing ? t.studio.pause : t.studio.play}
          onClick={toggle}
        >
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        </button>
        <div className="compare-fader">
          <input
            type="range"
            min={0}
            max={100}
            step={1}
            value={Math.round(mix * 100)}
            aria-label={t.studio.mix}
            aria-valuetext={t.studio.mixValue(format.percent(mix))}
            onChange={(event) => setMix(event.target.valueAsNumber / 100)}
          />
          <div className="compare-ends small" aria-hidden>
            <button type="button" tabIndex={-1} className={mix < 0.5 ? 'on' : ''} onClick={() => setMix(0)}>
              {t.studio.before}
            </button>
            <span className="tiny soft numbers">
              {at.length > 0 ? `${format.clock(at.now)} / ${format.clock(at.length)}` : ''}
            </span>
            <button type="button" tabIndex={-1} className={mix >= 0.5 ? 'on' : ''} onClick={() => setMix(1)}>
              {t.studio.after}
            </button>
          </div>
        </div>
      </div>
      {broken ? (
        <p className="problem small" role="alert">
          {t.player.failed}
        </p>
      ) : null}
    </section>
  )
}
