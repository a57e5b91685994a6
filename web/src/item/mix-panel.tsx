/** A background sound under a voice: what plays, how loud, how far down under speech; a stretch to listen to; figures. */
import { bedNames } from '@sotto/media/mix/bed-names'
import { mixDefaults } from '@sotto/media/mix/mix-defaults'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { api, type Item } from '../api/api.ts'
import { isActive, library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { LoudnessTable } from './loudness-table.tsx'
import { stemOf } from './stem.ts'
import { useStart } from './use-start.ts'

const TARGETS = { podcast: -16, broadcast: -23, music: -14 } as const
const SOUND = ['flac', 'wav', 'mp3', 'opus', 'm4a'] as const
const FILM = ['mp4', 'webm', 'mkv', 'mov'] as const
const PREVIEW_SECONDS = 15

/** `media` says where to begin the stretch to listen to. */
export function MixPanel({ item, media }: { item: Item; media: RefObject<HTMLMediaElement | null> }) {
  const t = useText()
  const format = useFormat()
  const { start, busy, error } = useStart(item.id)
  const items = useStore(library) ?? []
  const own = items.filter(
    (one) => one.id !== item.id && one.state === 'ready' && one.streams.some((stream) => stream.type === 'audio'),
  )
  const film = FILM.find((one) => item.media === 'video' && one === item.container)
  const [bed, setBed] = useState<string>('rain')
  const [level, setLevel] = useState<number>(mixDefaults.level)
  const [duck, setDuck] = useState(mixDefaults.duck as { depth: number; attack: number; release: number })
  const [fades, setFades] = useState({ fadeIn: mixDefaults.fadeIn as number, fadeOut: mixDefaults.fadeOut as number })
  const [loop, setLoop] = useState(true)
  const [target, setTarget] = useState<keyof typeof TARGETS | ''>('podcast')
  const [kind, setKind] = useState<(typeof SOUND)[number] | (typeof FILM)[number]>(film ?? 'flac')
  const [listening, setListening] = useState(false)
  const [stretch, setStretch] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const asked = useRef<AbortController | null>(null)
  useEffect(() => () => asked.current?.abort(), [])
  useEffect(() => () => void (stretch && URL.revokeObjectURL(stretch)), [stretch])

  const job = latestJob(item.jobs, ['mix'])
  const results = items.filter((one) => one.made_from?.item === item.id && one.made_from.operation === 'mix')
  const options = {
    bed,
    level,
    duck: duck.depth > 0 ? duck : null,
    ...fades,
    loop,
    loudness: target === '' ? null : TARGETS[target],
  }
  const listen = async () => {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    setListening(true)
    setProblem(null)
    const duration = item.duration ?? 0
    const from = Math.max(0, Math.min(media.current?.currentTime ?? 0, duration - PREVIEW_SECONDS))
    try {
      const answer = await api.call(
        'POST /api/items/:id/mix',
        { params: { id: item.id }, body: { ...options, from, to: Math.min(duration, from + PREVIEW_SECONDS) } },
        { signal: controller.signal },
      )
      const blob = await answer.blob()
      media.current?.pause()
      setStretch(URL.createObjectURL(blob))
    } catch (failed) {
      if (!controller.signal.aborted) setProblem(failed)
    } finally {
      if (asked.current === controller) setListening(false)
    }
  }
  const slider = (
    label: string,
    value: number,
    shown: string,
    range: [number, number, number],
    set: (n: number) => void,
  ) => (
    <label className="field narrow-field">
      <span>
        {label} <span className="numbers">{shown}</span>
      </span>
      <input
        type="range"
        min={range[0]}
        max={range[1]}
        step={range[2]}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => set(event.target.valueAsNumber)}
      />
    </label>
  )
  const seconds = (value: number) => t.mix.seconds(format.number(value, 1))
  return (
    <div className="panel">
      <p className="soft small">{t.mix.lead}</p>
      <label className="field narrow-field">
        <span>{t.mix.bed}</span>
        <select value={bed} onChange={(event) => setBed(event.target.value)}>
          <optgroup label={t.mix.made}>
            {bedNames.map((name) => (
              <option key={name} value={name}>
                {t.mix.beds[name]}
              </option>
            ))}
          </optgroup>
          {own.length > 0 ? (
            <optgroup label={t.mix.own}>
              {own.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </optgroup>
          ) : null}
        </select>
      </label>
      <div className="row ends">
        {slider(t.mix.level, level, t.mix.units(format.number(level)), [-40, 0, 1], setLevel)}
        {slider(
          t.mix.depth,
          duck.depth,
          duck.depth === 0 ? t.mix.noDuck : t.mix.decibels(format.number(duck.depth)),
          [0, 30, 1],
          (depth) => setDuck({ ...duck, depth }),
        )}
      </div>
      <details className="small">
        <summary>{t.mix.more}</summary>
        <div className="row ends more-fields">
          {slider(t.mix.fadeIn, fades.fadeIn, seconds(fades.fadeIn), [0, 15, 0.5], (fadeIn) =>
            setFades({ ...fades, fadeIn }),
          )}
          {slider(t.mix.fadeOut, fades.fadeOut, seconds(fades.fadeOut), [0, 15, 0.5], (fadeOut) =>
            setFades({ ...fades, fadeOut }),
          )}
          {slider(t.mix.attack, duck.attack, seconds(duck.attack), [0, 2, 0.1], (attack) =>
            setDuck({ ...duck, attack }),
          )}
          {slider(t.mix.release, duck.release, seconds(duck.release), [0, 4, 0.1], (release) =>
            setDuck({ ...duck, release }),
          )}
        </div>
        <label className="choice">
          <input type="checkbox" checked={loop} onChange={(event) => setLoop(event.target.checked)} />
          <span>{t.mix.loop}</span>
        </label>
      </details>
      <div className="row ends">
        <label className="field">
          <span>{t.mix.loudness}</span>
          <select value={target} onChange={(event) => setTarget(event.target.value as typeof target)}>
            <option value="">{t.mix.asItIs}</option>
            {(Object.keys(TARGETS) as (keyof typeof TARGETS)[]).map((name) => (
              <option key={name} value={name}>
                {t.mix.targets[name]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t.mix.format}</span>
          <select value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
            {film ? <option value={film}>{t.mix.keepFilm(film)}</option> : null}
            {SOUND.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="row">
        <button type="button" className="button" disabled={listening} onClick={listen}>
          {listening ? t.mix.listening : t.mix.listen}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={busy || (job !== null && isActive(job))}
          onClick={() => start({ operation: 'mix', ...options, format: kind, name: t.mix.name(stemOf(item.name)) })}
        >
          {t.mix.start}
        </button>
      </div>
      <ProblemNote error={problem ?? error} />
      {stretch ? (
        // biome-ignore lint/a11y/useMediaCaption: a stretch of sound to judge a mix by; its words stand in the transcript
        <audio controls autoPlay src={stretch} aria-label={t.mix.preview} onPlay={() => media.current?.pause()} />
      ) : null}
      <JobNote job={job} />
      {results[0]?.made_from?.loudness ? <LoudnessTable loudness={results[0].made_from.loudness} /> : null}
    </div>
  )
}
