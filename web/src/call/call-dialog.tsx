/** A call: first where it is held and what the other side agreed to, and only then any sound (C53). */
import { announcement } from '@sotto/policy/agreement'
import { useRef, useState } from 'react'
import type { CallAgreement } from '../api/api.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { type CallPlan, RecordDialog } from '../record/record-dialog.tsx'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { useSpeech } from '../text/text.tsx'
import announcementEn from './announcement-en.mp3?url'
import announcementZh from './announcement-zh.mp3?url'
import { canCapture } from './call-source.ts'
import { canPickContacts, pickContact } from './contact-picker.ts'
import './call.css'

const PLAYED = { en: announcementEn, 'zh-CN': announcementZh }
const PLACES = ['computer', 'room', 'file'] as const
const WAYS = ['read', 'announced', 'asked', 'written'] as const

/** Closes when it is refused, recorded, or on its way. */
export function CallDialog({ onClose }: { onClose(): void }) {
  const { t, locale } = useSpeech()
  const session = useSession()
  const consent = useConsent('calls')
  const captures = canCapture()
  const [place, setPlace] = useState<(typeof PLACES)[number]>(captures ? 'computer' : 'room')
  const [way, setWay] = useState<(typeof WAYS)[number]>('read')
  const [other, setOther] = useState('')
  const [told, setTold] = useState('')
  const [on, setOn] = useState(() => localMoment(new Date()))
  const [agreed, setAgreed] = useState(false)
  const [plan, setPlan] = useState<CallPlan | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const fixed = way === 'read' || way === 'announced'
  const words = fixed ? announcement(locale) : told.trim()
  const ready = agreed && words !== ''
  const agreement = (): CallAgreement => ({
    way,
    ...(other.trim() === '' ? {} : { other: other.trim() }),
    at: place === 'file' ? new Date(on).toISOString() : new Date().toISOString(),
    told: words,
    locale,
  })
  const bring = async (files: readonly File[]) => {
    const { send } = await import('../upload/uploader.ts')
    const limit = session.status?.upload_limit ?? Number.POSITIVE_INFINITY
    for (const file of files) send(file, file.name, { call: 'imported', agreement: agreement() }, limit)
    onClose()
  }
  const go = async () => {
    // the file dialogue opens at the press itself; the consent is asked for when it is known what comes
    if (place === 'file') return input.current?.click()
    if (await consent.ensure()) setPlan({ place, agreement: agreement() })
  }
  if (consent.dialog) return consent.dialog
  if (plan) return <RecordDialog resume={null} call={plan} onClose={onClose} />
  return (
    <Dialog open title={t.call.title} text={t.call.lead} onClose={onClose}>
      <div className="stack tight call">
        <fieldset className="choices">
          <legend>{t.call.where}</legend>
          {PLACES.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="place"
                checked={place === one}
                disabled={one === 'computer' && !captures}
                onChange={() => setPlace(one)}
              />
              <span>
                {t.call.places[one]}{' '}
                <span className="small soft">
                  {one === 'computer' && !captures ? t.call.cannotCapture : t.call.placeHints[one]}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="row ends">
          <label className="field grow">
            <span>{t.call.other}</span>
            <input
              type="text"
              value={other}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => setOther(event.target.value)}
            />
          </label>
          {canPickContacts() ? (
            <button
              type="button"
              className="button"
              onClick={() => pickContact().then((name) => name && setOther(name))}
            >
              {t.call.pick}
            </button>
          ) : null}
        </div>
        <fieldset className="choices">
          <legend>{t.call.way}</legend>
          {WAYS.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
              <span>{t.call.ways[one]}</span>
            </label>
          ))}
        </fieldset>
        {fixed ? (
          <blockquote className="announcement">{words}</blockquote>
        ) : (
          <label className="field">
            <span>{t.call.told}</span>
            <textarea rows={3} maxLength={2000} value={told} onChange={(event) => setTold(event.target.value)} />
          </label>
        )}
        {way === 'announced' ? (
          <div>
            {/* biome-ignore lint/a11y/useMediaCaption: its words stand above it */}
            <audio controls preload="none" src={PLAYED[locale]} aria-label={t.call.announcement} />
            <p className="tiny soft">{t.call.synthetic}</p>
          </div>
        ) : null}
        {place === 'file' ? (
          <label className="field narrow-field">
            <span>{t.call.when}</span>
            <input
              type="datetime-local"
              value={on}
              max={localMoment(new Date())}
              onChange={(event) => event.target.value && setOn(event.target.value)}
            />
          </label>
        ) : null}
        <label className="choice">
          <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
          <span>{t.call.attest}</span>
        </label>
        <p className="tiny soft">{t.call.receipt}</p>
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="button" className="button primary" disabled={!ready} onClick={go}>
            {place === 'file' ? t.call.chooseFile : t.call.start}
          </button>
        </div>
      </div>
      <input
        ref={input}
        hidden
        type="file"
        multiple
        accept="audio/*,video/*,.amr,.3gp,.m4a"
        onChange={async (event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0 && (await consent.ensure())) bring(files)
        }}
      />
    </Dialog>
  )
}

/** A moment as a field of this kind writes it: local, to the minute. */
function localMoment(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
