/** Saving to the device: sound in five formats, words in four. */
import { useEffect, useRef, useState } from 'react'
import type { Item } from '../api/api.ts'
import { onJob } from '../api/events.ts'
import { isActive } from '../api/library.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveAddress } from '../shell/save-file.ts'
import { useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { useStart } from './use-start.ts'

const SOUND = ['wav', 'mp3', 'flac', 'opus', 'm4a'] as const
const WORDS = ['txt', 'srt', 'vtt', 'json'] as const

/** `onBeforeWords` resolves when the newest corrections are saved: the file has them. */
export function SavePanel({ item, onBeforeWords }: { item: Item; onBeforeWords(): Promise<void> }) {
  const t = useText()
  const { start, busy, error } = useStart(item.id)
  const [format, setFormat] = useState<(typeof SOUND)[number]>('mp3')
  const awaited = useRef<string | null>(null)
  const job = latestJob(item.jobs, ['convert'])
  useEffect(
    () =>
      onJob((changed) => {
        if (changed.id !== awaited.current || changed.state !== 'done' || !changed.result) return
        awaited.current = null
        saveAddress(`/api/items/${changed.result}/media?download`, '')
      }),
    [],
  )
  const convert = async () => {
    const job = await start({ operation: 'convert', format })
    awaited.current = job?.id ?? null
  }
  return (
    <div className="panel">
      <div className="row ends">
        <label className="field">
          <span>{t.download.sound}</span>
          <select value={format} onChange={(event) => setFormat(event.target.value as typeof format)}>
            {SOUND.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button primary"
          disabled={busy || (job !== null && isActive(job))}
          onClick={convert}
        >
          {t.download.convert}
        </button>
        <a className="button" href={`/api/items/${item.id}/media?download`} download="">
          {t.download.asIs}
        </a>
      </div>
      <ProblemNote error={error} />
      <JobNote job={job} />
      {job && isActive(job) ? <p className="small soft">{t.download.converting}</p> : null}
      <fieldset className="choices">
        <legend className="label">{t.download.words}</legend>
        {item.transcript === 'none' ? (
          <p className="small soft">{t.download.noWords}</p>
        ) : (
          <div className="row">
            {WORDS.map((one) => (
              <button
                key={one}
                type="button"
                className="button"
                onClick={() =>
                  onBeforeWords().finally(() => saveAddress(`/api/items/${item.id}/words?format=${one}`, ''))
                }
              >
                {one}
              </button>
            ))}
          </div>
        )}
      </fieldset>
    </div>
  )
}
