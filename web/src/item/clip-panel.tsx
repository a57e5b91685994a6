/** Clipping: by handles in the waveform, by keys, or by seconds. */
import { type RefObject, useEffect, useState } from 'react'
import type { Item } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { parseClock } from '../format/format.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { type ClipRange, withFrom, withTo } from './clip-range.ts'
import { JobNote, latestJob } from './job-note.tsx'
import { stemOf } from './stem.ts'
import { useStart } from './use-start.ts'

function TimeField(props: { label: string; seconds: number; onChange(seconds: number): void }) {
  const format = useFormat()
  const [text, setText] = useState<string | null>(null)
  return (
    <label className="field time-field">
      <span>{props.label}</span>
      <input
        className="numbers"
        inputMode="decimal"
        value={text ?? format.clock(props.seconds, true)}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          const seconds = text === null ? null : parseClock(text)
          if (seconds !== null) props.onChange(seconds)
          setText(null)
        }}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'ArrowUp') props.onChange(props.seconds + 0.1)
          if (event.key === 'ArrowDown') props.onChange(props.seconds - 0.1)
        }}
      />
    </label>
  )
}

/** `range` is shared with the waveform's handles. */
export function ClipPanel(props: {
  item: Item
  duration: number
  range: ClipRange
  onRange(range: ClipRange): void
  media: RefObject<HTMLMediaElement | null>
}) {
  const { item, duration, range, onRange, media } = props
  const t = useText()
  const format = useFormat()
  const { start, busy, error } = useStart(item.id)
  const [reencode, setReencode] = useState(false)
  const [listening, setListening] = useState(false)
  const job = latestJob(item.jobs, ['clip'])
  useEffect(() => {
    const player = media.current
    if (!listening || !player) return
    const end = () => {
      if (player.currentTime >= range.to) player.pause()
    }
    const off = () => setListening(false)
    player.addEventListener('timeupdate', end)
    player.addEventListener('pause', off)
    return () => {
      player.removeEventListener('timeupdate', end)
      player.removeEventListener('pause', off)
    }
  }, [listening, media, range.to])
  const listen = () => {
    const player = media.current
    if (!player) return
    player.currentTime = range.from
    player.play().then(
      () => setListening(true),
      () => undefined,
    )
  }
  const here = () => media.current?.currentTime ?? 0
  return (
    <div className="panel">
      <p className="soft small">{t.clip.lead}</p>
      <div className="row ends">
        <TimeField label={t.clip.from} seconds={range.from} onChange={(at) => onRange(withFrom(range, at, duration))} />
        <button type="button" className="button small" onClick={() => onRange(withFrom(range, here(), duration))}>
          {t.clip.setFrom} <kbd>[</kbd>
        </button>
        <TimeField label={t.clip.to} seconds={range.to} onChange={(at) => onRange(withTo(range, at, duration))} />
        <button type="button" className="button small" onClick={() => onRange(withTo(range, here(), duration))}>
          {t.clip.setTo} <kbd>]</kbd>
        </button>
        <span className="small soft numbers">{t.clip.length(format.clock(range.to - range.from, true))}</span>
      </div>
      <label className="choice">
        <input type="checkbox" checked={reencode} onChange={(event) => setReencode(event.target.checked)} />
        <span>
          {t.clip.reencode}
          <span className="tiny soft"> {t.clip.reencodeHint}</span>
        </span>
      </label>
      <div className="row">
        <button type="button" className="button" onClick={listen}>
          {t.clip.listen}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={busy || (job !== null && isActive(job))}
          onClick={() =>
            start({
              operation: 'clip',
              from: range.from,
              to: range.to,
              reencode,
              name: t.item.clipName(stemOf(item.name)),
            })
          }
        >
          {t.clip.start}
        </button>
      </div>
      <ProblemNote error={error} />
      <JobNote job={job} />
    </div>
  )
}
