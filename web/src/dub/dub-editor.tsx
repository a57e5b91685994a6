/** One dubbing: its sentences beside what was said, heard, changed and done again one by one; saved as sound or film. */
import { Play, Square } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { api, type Item } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { JobNote, latestJob } from '../item/job-note.tsx'
import { stemOf } from '../item/stem.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { type Shown, type SpeechDraft, shownOf } from '../speak/speech.ts'
import { HistoryRow, useListening } from '../speak/text-page.tsx'
import { type SpeechHandle, useSpeech } from '../speak/use-speech.ts'
import { SpeedPick, VoicePick } from '../speak/voice-pick.tsx'
import { useFormat, useText } from '../text/text.tsx'
import '../speak/speak.css'

const SOUND = ['flac', 'mp3', 'wav', 'opus', 'm4a'] as const
const FILM = ['mp4', 'webm', 'mkv', 'mov'] as const
const WORDS = ['srt', 'vtt', 'txt', 'docx'] as const

/** `id` of the dubbing; `media` is the player of the original. */
export function DubEditor(props: { id: string; item: Item; media: RefObject<HTMLMediaElement | null> }) {
  const { handle, error } = useSpeech(props.id)
  const t = useText()
  if (handle) return <Sentences {...props} handle={handle} />
  return error ? <ProblemNote error={error} /> : <p className="soft">{t.app.loading}</p>
}

function Sentences(props: { item: Item; media: RefObject<HTMLMediaElement | null>; handle: SpeechHandle }) {
  const { item, media, handle } = props
  const t = useText()
  const format = useFormat()
  const { speech, draft, change } = handle
  const speaking = useConsent('speaking')
  const translating = useConsent('translating')
  const voices = useAnswer('voices', (signal) => api.call('GET /api/voices', {}, { signal }))
  const shown = shownOf(speech, draft)
  const player = useListening(handle, shown, speaking.ensure)
  const film = FILM.find((one) => item.media === 'video' && one === item.container)
  const [kind, setKind] = useState<(typeof SOUND)[number] | (typeof FILM)[number]>(film ?? 'flac')
  const translateJob = latestJob(speech.jobs, ['translate'])
  const speechJob = latestJob(speech.jobs, ['speak', 'dub'])
  const active = (job: typeof speechJob) => job !== null && isActive(job)
  const set = (part: Partial<SpeechDraft>) => change({ ...draft, ...part })
  const write = (id: string, text: string) =>
    set({ segments: draft.segments.map((one) => (one.id === id ? { ...one, text } : one)) })
  const voiced = (voices.value ?? []).some(({ language, here }) => language === speech.language && here)
  const said = shown.some(({ text }) => text.trim() !== '')
  const listen = async (one: Shown) => {
    media.current?.pause()
    await player.listen(one)
  }
  const row = (one: Shown, index: number) => {
    const name = t.dub.sentence(format.number(index + 1))
    const playing = player.playing === one.id
    const flags = [
      ...one.flags.map((flag) => (flag === 'numbers' || flag === 'length' ? t.dub.flags[flag] : flag)),
      ...(one.spoken && one.spoken.tempo > 1.005 ? [t.dub.faster(format.percent(one.spoken.tempo - 1))] : []),
      ...(one.spoken && one.spoken.over > 0 ? [t.dub.over(format.number(one.spoken.over, 1))] : []),
    ]
    return (
      <li key={one.id} className={playing ? 'dub-row playing' : 'dub-row'}>
        <div className="dub-sides">
          <div>
            <p className="tiny soft numbers">
              {format.clock(one.start ?? 0)} · {t.dub.said}
            </p>
            <p lang={speech.from ?? undefined}>{one.source}</p>
          </div>
          <label className="stack tight">
            <span className="tiny soft">
              {name} · {t.dub.now}
            </span>
            <textarea
              className="input speak-text"
              lang={speech.language}
              rows={2}
              maxLength={20_000}
              value={one.text}
              placeholder={t.dub.toTranslate}
              onChange={(event) => write(one.id, event.target.value)}
            />
          </label>
        </div>
        {flags.length > 0 ? <p className="tiny dub-flags">{flags.join(' · ')}</p> : null}
        <div className="row">
          {voiced ? (
            <button
              type="button"
              className="button small"
              disabled={one.text.trim() === '' || (active(speechJob) && !one.spoken) || player.wanted === one.id}
              aria-label={playing ? t.speak.stop : one.spoken ? t.speak.listenTo(name) : t.speak.anewThis(name)}
              onClick={() => listen(one)}
            >
              {playing ? <Square aria-hidden /> : <Play aria-hidden />}
              {playing ? t.speak.stop : one.spoken ? t.speak.listen : t.speak.anew}
            </button>
          ) : null}
          <button
            type="button"
            className="button small plain"
            disabled={active(translateJob)}
            aria-label={t.dub.translateAnew(name)}
            onClick={async () => {
              if (await translating.ensure()) await handle.start({ operation: 'translate', only: [one.id] })
            }}
          >
            {t.dub.anewShort}
          </button>
        </div>
      </li>
    )
  }
  return (
    <>
      {speech.quality ? <p className="small">{t.dub.quality[speech.quality]}</p> : null}
      <JobNote job={translateJob} />
      <section className="stack tight" aria-labelledby="sentences">
        <div className="row spread">
          <h3 id="sentences">{t.dub.sentences}</h3>
          <HistoryRow handle={handle} />
        </div>
        <ol className="plain-list">{shown.map(row)}</ol>
      </section>
      <div className="row">
        <span className="small soft">{t.dub.subtitles}</span>
        {(['source', 'translation'] as const).flatMap((of) =>
          WORDS.map((one) => (
            <a
              key={`${of} ${one}`}
              className="button small"
              download
              href={`/api/speech/${speech.id}/words?of=${of}&format=${one}`}
            >
              {t.dub.subtitlesOf(format.language(of === 'source' ? (speech.from ?? '') : speech.language), one)}
            </a>
          )),
        )}
      </div>
      <h2 className="as-h3">{t.dub.speech}</h2>
      {voices.value && !voiced ? <p className="soft">{t.dub.noVoice}</p> : null}
      {voiced ? (
        <div className="stack">
          <div className="row ends">
            <VoicePick
              voices={voices.value ?? []}
              language={speech.language}
              value={draft.voice}
              onChange={(voice) => set({ voice })}
            />
            <SpeedPick value={draft.speed} onChange={(speed) => set({ speed })} />
            <label className="field narrow-field">
              <span>
                {t.dub.original}{' '}
                <span className="numbers">
                  {draft.original === null ? t.dub.removed : t.dub.decibels(format.number(draft.original))}
                </span>
              </span>
              <input
                type="range"
                min={-41}
                max={0}
                step={1}
                value={draft.original ?? -41}
                aria-valuetext={draft.original === null ? t.dub.removed : t.dub.decibels(format.number(draft.original))}
                onChange={(event) =>
                  set({ original: event.target.valueAsNumber < -40 ? null : event.target.valueAsNumber })
                }
              />
            </label>
          </div>
          <p className="small soft">{t.dub.saveLead}</p>
          <p className="tiny soft">{t.speak.label}</p>
          <div className="row ends">
            <label className="field">
              <span>{t.speak.format}</span>
              <select value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
                {film ? <option value={film}>{t.dub.keepPicture(film)}</option> : null}
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
              disabled={!said || active(speechJob)}
              onClick={async () => {
                const name = t.dub.name(stemOf(item.name), format.language(speech.language))
                if (await speaking.ensure()) await handle.start({ operation: 'dub', format: kind, name })
              }}
            >
              {t.dub.save}
            </button>
          </div>
        </div>
      ) : null}
      <ProblemNote error={handle.error} />
      <JobNote job={speechJob} />
      {speaking.dialog}
      {translating.dialog}
    </>
  )
}
