/** Text to sound: my texts, and a new one, typed or brought from a file that is read on this device. */
import { type FormEvent, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech as useLanguage, useTitle } from '../text/text.tsx'
import { firstVoiceOf, LanguagePick, SpeedPick, VoicePick } from './voice-pick.tsx'
import '../item/item.css'
import './speak.css'

/** The page of `/speak`. */
export function SpeakPage() {
  const { t, locale } = useLanguage()
  useTitle(t.speak.title)
  const session = useSession()
  const format = useFormat()
  const texts = useAnswer(session.phase === 'person' ? 'texts' : null, (signal) =>
    api.call('GET /api/speech', {}, { signal }),
  )
  const voices = useAnswer('voices', (signal) => api.call('GET /api/voices', {}, { signal }))
  const all = voices.value ?? []
  return (
    <div className="page narrow stack loose">
      <div className="stack tight">
        <h1>{t.speak.title}</h1>
        <p className="soft">{t.speak.lead}</p>
      </div>
      <ProblemNote error={voices.error} again={voices.again} />
      {voices.value && !all.some(({ here }) => here) ? <p className="problem">{t.speak.noVoices}</p> : null}
      {all.some(({ here }) => here) ? <NewText voices={all} first={locale === 'zh-CN' ? 'zh' : 'en'} /> : null}
      {session.phase === 'person' ? (
        <section className="stack tight" aria-labelledby="texts">
          <h2 id="texts">{t.speak.texts}</h2>
          <ProblemNote error={texts.error} again={texts.again} />
          {texts.value?.length === 0 ? <p className="soft">{t.speak.noneYet}</p> : null}
          <ul className="plain-list">
            {(texts.value ?? []).map((one) => (
              <li key={one.id} className="item-row">
                <div className="grow">
                  <p className="item-name">
                    <Link href={`/speak/${one.id}`}>{one.name}</Link>
                  </p>
                  <p className="tiny soft numbers">
                    {[
                      format.language(one.language),
                      t.speak.progress(format.number(one.spoken), format.number(one.segments)),
                      format.moment(one.created_at),
                    ].join(' · ')}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function NewText({ voices, first }: { voices: Parameters<typeof VoicePick>[0]['voices']; first: string }) {
  const { t } = useLanguage()
  const session = useSession()
  const consent = useConsent('speaking')
  const [, go] = useLocation()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [language, setLanguage] = useState(first)
  const [voice, setVoice] = useState(() => firstVoiceOf(voices, first))
  const [speed, setSpeed] = useState(1)
  const [notice, setNotice] = useState(false)
  const [busy, setBusy] = useState(false)
  const [brought, setBrought] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [unread, setUnread] = useState(false)
  useEffect(() => setVoice(firstVoiceOf(voices, language)), [voices, language])
  const bring = async (file: File | undefined) => {
    if (!file) return
    setUnread(false)
    try {
      const { paragraphsOfFile } = await import('@sotto/media/synthesis/script')
      const paragraphs = paragraphsOfFile(file.name, new Uint8Array(await file.arrayBuffer()))
      setText(paragraphs.join('\n\n'))
      setBrought(t.speak.brought(file.name, paragraphs.length))
      if (name === '') setName(file.name.replace(/\.[^.]+$/, ''))
    } catch {
      setBrought(null)
      setUnread(true)
    }
  }
  const create = async (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    if (!(await session.ensure()) || !(await consent.ensure())) return
    setBusy(true)
    try {
      const { paragraphsOf } = await import('@sotto/media/synthesis/script')
      const segments = paragraphsOf(text)
      const named = name.trim() || (segments[0] ?? '').slice(0, 40) || t.speak.unnamed
      const body = { name: named, language, voice, speed, notice: notice ? 'spoken' : 'none', segments } as const
      const made = await api.call('POST /api/speech', { body: { ...body, segments: [...segments] } })
      go(`/speak/${made.id}`)
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-labelledby="new-text" className="stack">
      <h2 id="new-text">{t.speak.newText}</h2>
      <form className="stack" onSubmit={create}>
        <label className="field">
          <span>{t.speak.text}</span>
          <textarea
            className="input speak-text"
            rows={8}
            maxLength={200_000}
            value={text}
            aria-describedby="text-hint"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p id="text-hint" className="tiny soft">
          {t.speak.textHint}
        </p>
        <div className="row">
          <label className="button small speak-file">
            {t.speak.bring}
            <input
              type="file"
              className="hidden"
              accept=".txt,.docx,.srt,text/plain"
              onChange={(event) => {
                void bring(event.target.files?.[0])
                event.target.value = ''
              }}
            />
          </label>
          <p className="small" role="status">
            {unread ? t.speak.unreadable : brought}
          </p>
        </div>
        <label className="field narrow-field">
          <span>{t.speak.name}</span>
          <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <div className="row ends">
          <LanguagePick voices={voices} value={language} onChange={setLanguage} />
          <VoicePick voices={voices} language={language} value={voice} onChange={setVoice} />
        </div>
        <SpeedPick value={speed} onChange={setSpeed} />
        <label className="choice">
          <input type="checkbox" checked={notice} onChange={(event) => setNotice(event.target.checked)} />
          <span>{t.speak.notice}</span>
        </label>
        <p className="tiny soft">{t.speak.label}</p>
        <p>
          <button type="submit" className="button primary" disabled={busy || text.trim() === '' || voice === ''}>
            {t.speak.create}
          </button>
        </p>
        <ProblemNote error={error} />
      </form>
      {consent.dialog}
    </section>
  )
}
