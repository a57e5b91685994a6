/** One text: its paragraphs, heard one by one and spoken anew one by one; the whole saved as a recording. */
import { Play, Plus, Square, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { codeOf } from '../api/problem.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { JobNote, latestJob } from '../item/job-note.tsx'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText, useTitle } from '../text/text.tsx'
import { type Shown, type SpeechDraft, shownOf } from './speech.ts'
import { stretchesOf, useTakePlayer } from './take-player.ts'
import { type SpeechHandle, useSpeech } from './use-speech.ts'
import { SpeedPick, VoicePick } from './voice-pick.tsx'
import '../item/item.css'
import './speak.css'

const FORMATS = ['flac', 'mp3', 'wav', 'opus', 'm4a'] as const

/** The page of `/speak/:id`. */
export function TextPage({ id }: { id: string }) {
  const t = useText()
  const { phase } = useSession()
  const { handle, error } = useSpeech(id)
  useTitle(handle?.speech.name ?? t.speak.title)
  if (phase === 'nobody' || codeOf(error) === 'not_found' || handle?.speech.mode === 'dub') return <NotFoundPage />
  if (!handle)
    return (
      <div className="page narrow">
        {error ? <ProblemNote error={error} /> : <p className="soft">{t.app.loading}</p>}
      </div>
    )
  return <TextView id={id} handle={handle} />
}

/** Saved, saving, and how to go back. */
export function HistoryRow({ handle }: { handle: SpeechHandle }) {
  const t = useText()
  return (
    <div className="row" role="toolbar" aria-label={t.speak.tools}>
      <button type="button" className="button small" disabled={!handle.canUndo} onClick={handle.undo}>
        {t.speak.undo}
      </button>
      <button type="button" className="button small" disabled={!handle.canRedo} onClick={handle.redo}>
        {t.speak.redo}
      </button>
      <p className="small soft" role="status">
        {t.speak[handle.saving]}
      </p>
    </div>
  )
}

/** Plays a segment as soon as it is spoken; asked for by its id. */
export function useListening(handle: SpeechHandle, shown: readonly Shown[], ensure: () => Promise<boolean>) {
  const player = useTakePlayer(handle.speech.id)
  const [wanted, setWanted] = useState<string | null>(null)
  const { play } = player
  useEffect(() => {
    const one = shown.find(({ id }) => id === wanted)
    if (!one?.spoken) return
    setWanted(null)
    play(stretchesOf([one]))
  }, [wanted, shown, play])
  const listen = async (one: Shown) => {
    if (player.playing === one.id) return player.stop()
    if (one.spoken) return player.play(stretchesOf([one]))
    if (!(await ensure())) return
    setWanted(one.id)
    if (!(await handle.start({ operation: 'speak', only: [one.id] }))) setWanted(null)
  }
  return { ...player, listen, wanted }
}

function TextView({ id, handle }: { id: string; handle: SpeechHandle }) {
  const t = useText()
  const format = useFormat()
  const { speech, draft, change } = handle
  const consent = useConsent('speaking')
  const voices = useAnswer('voices', (signal) => api.call('GET /api/voices', {}, { signal }))
  const shown = shownOf(speech, draft)
  const { listen, playing, play, stop, wanted } = useListening(handle, shown, consent.ensure)
  const [kind, setKind] = useState<(typeof FORMATS)[number]>('flac')
  const [erasing, setErasing] = useState(false)
  const job = latestJob(speech.jobs, ['speak', 'save_speech'])
  const busy = job !== null && isActive(job)
  const spoken = shown.filter((one) => one.spoken !== null)
  const said = shown.filter(({ text }) => text.trim() !== '')
  const set = (part: Partial<SpeechDraft>) => change({ ...draft, ...part })
  const write = (at: number, text: string) =>
    set({ segments: draft.segments.map((one, index) => (index === at ? { ...one, text } : one)) })
  const add = () => set({ segments: [...draft.segments, { id: crypto.randomUUID(), text: '' }] })
  return (
    <div className="page narrow stack loose">
      <div className="stack tight">
        <p className="small">
          <Link href="/speak">{t.speak.back}</Link>
        </p>
        <h1>{speech.name}</h1>
        <p className="small soft numbers">
          {[
            format.language(speech.language),
            t.speak.progress(format.number(spoken.length), format.number(said.length)),
          ].join(' · ')}
        </p>
      </div>
      <div className="row ends">
        <VoicePick
          voices={voices.value ?? []}
          language={speech.language}
          value={draft.voice}
          onChange={(voice) => set({ voice })}
        />
        <SpeedPick value={draft.speed} onChange={(speed) => set({ speed })} />
      </div>
      <section className="stack" aria-labelledby="paragraphs">
        <div className="row spread">
          <h2 id="paragraphs">{t.speak.paragraphs}</h2>
          <HistoryRow handle={handle} />
        </div>
        <ol className="plain-list stack">
          {shown.map((one, index) => {
            const name = t.speak.paragraph(format.number(index + 1))
            const state = one.spoken ? t.speak.spoken : one.text.trim() === '' ? t.speak.empty : t.speak.toSpeak
            return (
              <li key={one.id} className={playing === one.id ? 'speak-row playing' : 'speak-row'}>
                <textarea
                  className="input speak-text"
                  aria-label={name}
                  lang={speech.language}
                  rows={Math.min(12, Math.max(2, Math.ceil(one.text.length / 70)))}
                  maxLength={20_000}
                  value={one.text}
                  onChange={(event) => write(index, event.target.value)}
                />
                <div className="row spread">
                  <p className="tiny soft">{state}</p>
                  <div className="row">
                    <button
                      type="button"
                      className="button small"
                      disabled={one.text.trim() === '' || (busy && !one.spoken) || wanted === one.id}
                      aria-label={
                        playing === one.id ? t.speak.stop : one.spoken ? t.speak.listenTo(name) : t.speak.anewThis(name)
                      }
                      onClick={() => listen(one)}
                    >
                      {playing === one.id ? <Square aria-hidden /> : <Play aria-hidden />}
                      {playing === one.id ? t.speak.stop : one.spoken ? t.speak.listen : t.speak.anew}
                    </button>
                    <button
                      type="button"
                      className="button icon small plain"
                      aria-label={t.speak.remove(name)}
                      onClick={() => set({ segments: draft.segments.filter(({ id }) => id !== one.id) })}
                    >
                      <Trash2 aria-hidden />
                    </button>
                  </div>
                </div>
              </li>
            )
          })}
        </ol>
        <div className="row">
          <button type="button" className="button small" onClick={add}>
            <Plus aria-hidden />
            {t.speak.add}
          </button>
          <button
            type="button"
            className="button small"
            disabled={spoken.length === 0}
            onClick={() => (playing ? stop() : play(stretchesOf(shown)))}
          >
            {playing ? t.speak.stop : t.speak.playAll}
          </button>
          <button
            type="button"
            className="button small"
            disabled={busy || spoken.length === said.length}
            onClick={async () => {
              if (await consent.ensure()) await handle.start({ operation: 'speak' })
            }}
          >
            {t.speak.speakAll}
          </button>
        </div>
        <ProblemNote error={handle.error} />
        <JobNote job={job} />
      </section>
      <section className="stack" aria-labelledby="save-text">
        <h2 id="save-text">{t.speak.save}</h2>
        <p className="small soft">{t.speak.saveLead}</p>
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.notice === 'spoken'}
            onChange={(event) => set({ notice: event.target.checked ? 'spoken' : 'none' })}
          />
          <span>{t.speak.notice}</span>
        </label>
        <p className="tiny soft">{t.speak.label}</p>
        <div className="row ends">
          <label className="field">
            <span>{t.speak.format}</span>
            <select value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
              {FORMATS.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button primary"
            disabled={busy || said.length === 0}
            onClick={async () => {
              if (await consent.ensure()) await handle.start({ operation: 'save_speech', format: kind })
            }}
          >
            {t.speak.save}
          </button>
        </div>
      </section>
      <p>
        <button type="button" className="button small danger" onClick={() => setErasing(true)}>
          {t.speak.erase}
        </button>
      </p>
      {erasing ? <EraseText id={id} onClose={() => setErasing(false)} /> : null}
      {consent.dialog}
    </div>
  )
}

function EraseText({ id, onClose }: { id: string; onClose(): void }) {
  const t = useText()
  const [, go] = useLocation()
  const [error, setError] = useState<unknown>(null)
  const erase = () => api.call('DELETE /api/speech/:id', { params: { id } }).then(() => go('/speak'), setError)
  return (
    <Dialog open alert title={t.speak.eraseTitle} text={t.speak.eraseWhat} onClose={onClose}>
      <ProblemNote error={error} />
      <div className="row">
        <button type="button" className="button danger" onClick={erase}>
          {t.speak.eraseDo}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t.app.cancel}
        </button>
      </div>
    </Dialog>
  )
}
