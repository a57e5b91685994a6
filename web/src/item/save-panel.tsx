/** Saving to the device: sound in five formats, with tags; words in six; a film with its words as subtitles. */
import { useEffect, useRef, useState } from 'react'
import type { Item } from '../api/api.ts'
import { onJob } from '../api/events.ts'
import { isActive } from '../api/library.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveAddress, saveFile } from '../shell/save-file.ts'
import { useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { stemOf } from './stem.ts'
import { useStart } from './use-start.ts'
import { waveformPicture } from './waveform-picture.ts'

const SOUND = ['wav', 'mp3', 'flac', 'opus', 'm4a'] as const
const WORDS = ['txt', 'srt', 'vtt', 'json', 'docx', 'pdf'] as const
const TAGS = ['title', 'artist', 'album', 'date', 'comment'] as const

/** `onBeforeWords` resolves when the newest corrections are saved: the file has them. */
export function SavePanel({ item, onBeforeWords }: { item: Item; onBeforeWords(): Promise<void> }) {
  const t = useText()
  const { start, busy, error } = useStart(item.id)
  const [format, setFormat] = useState<(typeof SOUND)[number]>('mp3')
  const [problem, setProblem] = useState<unknown>(null)
  const [tags, setTags] = useState<Readonly<Record<string, string>>>({})
  const subtitling = latestJob(item.jobs, ['subtitle'])
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
    const given = Object.fromEntries(Object.entries(tags).filter(([, value]) => value.trim() !== ''))
    const job = await start({ operation: 'convert', format, ...(Object.keys(given).length > 0 ? { tags: given } : {}) })
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
      <details className="small">
        <summary>{t.saving.tags}</summary>
        <p className="soft">{t.saving.tagsHint}</p>
        <div className="row ends">
          {TAGS.map((name) => (
            <label key={name} className="field">
              <span>{t.saving[name]}</span>
              <input
                value={tags[name] ?? ''}
                maxLength={500}
                {...(name === 'date' ? { pattern: '\\d{4}(-\\d\\d){0,2}', placeholder: '2026' } : {})}
                onChange={(event) => setTags({ ...tags, [name]: event.target.value })}
              />
            </label>
          ))}
        </div>
      </details>
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
        <p className="tiny soft">{t.saving.pdfHint}</p>
      </fieldset>
      {item.streams.some((stream) => stream.type === 'audio') ? (
        <p className="row small">
          <button
            type="button"
            className="button"
            onClick={() => {
              setProblem(null)
              waveformPicture(item.id).then((blob) => saveFile(blob, `${stemOf(item.name)}.png`), setProblem)
            }}
          >
            {t.saving.picture}
          </button>
          <span className="soft">{t.saving.pictureLead}</span>
        </p>
      ) : null}
      <ProblemNote error={problem} />
      {item.media === 'video' && item.transcript !== 'none' ? (
        <fieldset className="choices">
          <legend className="label">{t.saving.subtitles}</legend>
          <p className="small soft">{t.saving.subtitlesLead}</p>
          <p>
            <button
              type="button"
              className="button"
              disabled={busy || (subtitling !== null && isActive(subtitling))}
              onClick={() =>
                onBeforeWords()
                  .catch(() => undefined)
                  .then(() => start({ operation: 'subtitle', name: t.saving.subtitled(stemOf(item.name)) }))
              }
            >
              {t.saving.subtitlesStart}
            </button>
          </p>
          <JobNote job={subtitling} />
        </fieldset>
      ) : null}
    </div>
  )
}
