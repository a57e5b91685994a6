/** Bringing an archive of mine back in: progress, what came in, and what stays behind and why (GDPR 20, PIPL 45). */
import { useRef, useState } from 'react'
import { refreshLibrary } from '../api/library.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'
import { type Imported, sendArchive } from './send-archive.ts'

interface Going {
  readonly sent: number
  readonly all: number
  readonly stop: AbortController
}

/** The button, and everything after it is pressed. */
export function BringBack() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const { again } = useSession()
  const names = useAnswer(`names ${locale}`, async () => (await import('../privacy/policy-words.ts')).names(locale))
  const [going, setGoing] = useState<Going | null>(null)
  const [done, setDone] = useState<Imported | null>(null)
  const [error, setError] = useState<unknown>(null)
  const picker = useRef<HTMLInputElement>(null)
  const bring = async (file: File | undefined) => {
    if (!file) return
    const stop = new AbortController()
    setDone(null)
    setError(null)
    setGoing({ sent: 0, all: file.size, stop })
    try {
      setDone(await sendArchive(file, (sent, all) => setGoing({ sent, all, stop }), stop.signal))
      again()
    } catch (problem) {
      if (!stop.signal.aborted) setError(problem)
    } finally {
      setGoing(null)
      refreshLibrary().catch(() => undefined)
    }
  }
  return (
    <>
      <p className="small soft">{t.rights.bringLead}</p>
      {going ? (
        <div className="row">
          <progress max={going.all} value={going.sent} aria-label={t.rights.bringDo} />
          <span className="small numbers" role="status">
            {going.sent < going.all
              ? t.upload.sending(format.bytes(going.sent), format.bytes(going.all))
              : t.rights.bringReading}
          </span>
          <button type="button" className="button small" onClick={() => going.stop.abort()}>
            {t.rights.bringStop}
          </button>
        </div>
      ) : (
        <p>
          <button type="button" className="button" onClick={() => picker.current?.click()}>
            {t.rights.bringDo}
          </button>
        </p>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept=".tar,application/x-tar"
        onChange={(event) => {
          bring(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <ProblemNote error={error} />
      {error ? <p className="small soft">{t.rights.bringBroken}</p> : null}
      {done ? (
        <div role="status" className="stack tight">
          <p>{t.rights.bringDone(done.items, done.words, done.versions, done.texts)}</p>
          {done.profile.length > 0 ? (
            <p className="small">
              {t.rights.bringSet(format.list(done.profile.map((field) => t.rights.bringField[field] ?? field)))}
            </p>
          ) : null}
          {done.left.length > 0 ? (
            <details className="small">
              <summary>{t.rights.bringLeft}</summary>
              <ul>
                {done.left.map(({ kind, count, why }) => (
                  <li key={kind}>
                    {names.value?.('kinds', kind) ?? kind} ({format.number(count)}): {t.rights.bringWhy[why]}
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
