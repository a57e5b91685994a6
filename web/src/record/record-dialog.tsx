/** Recording: the microphone is asked for at the press, with its purpose in the same breath (C44). */
import { Circle, Pause, Play, Square, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { CallAgreement } from '../api/api.ts'
import { type CallPlace, type CallSource, openCall } from '../call/call-source.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { useBackground } from './background.ts'
import { eraseKept } from './kept.ts'
import { LevelMeter } from './level-meter.tsx'
import { Recorder, type RecorderProblem } from './recorder.ts'
import './record.css'

type State = 'asking' | 'starting' | 'recording' | 'paused' | 'stopped'

/** A call to record: where it is held, and what the other side agreed to before (C53). */
export interface CallPlan {
  readonly place: CallPlace
  readonly agreement: CallAgreement
}

/** `resume`: the recording on this device to go on with; null begins a new one. `call`: both sides of a call instead. */
export function RecordDialog(props: { resume: string | null; call?: CallPlan; onClose(): void }) {
  const { resume, call, onClose } = props
  const t = useText()
  const format = useFormat()
  const session = useSession()
  const [, go] = useLocation()
  const consent = useConsent('microphone')
  const recorder = useRef<Recorder | null>(null)
  const [state, setState] = useState<State>('asking')
  const source = useRef<CallSource | null>(null)
  useEffect(() => () => source.current?.[Symbol.dispose](), [])
  const [time, setTime] = useState({ elapsed: 0, kept: 0 })
  const [problem, setProblem] = useState<RecorderProblem | null>(null)

  const [outOfSight, setOutOfSight] = useState(false)
  useBackground(state === 'recording' ? (recorder.current?.id ?? null) : null, t.permissions.inBackground, () => {
    recorder.current?.pause()
    setOutOfSight(true)
  })

  const begin = async () => {
    setProblem(null)
    recorder.current?.[Symbol.dispose]()
    const made = new Recorder(resume ?? crypto.randomUUID(), {
      onState: setState,
      onTime: (elapsed, kept) => setTime({ elapsed, kept }),
      onProblem: (name) => {
        setProblem(name)
        setState('stopped')
      },
    })
    recorder.current = made
    const now = new Date().toISOString()
    if (!call) return made.start({ name: t.record.defaultName(format.moment(now)), started_at: now })
    const { agreement, place } = call
    const name = agreement.other
      ? t.call.nameWith(agreement.other, format.moment(now))
      : t.call.name(format.moment(now))
    await made.start({ name, started_at: now, agreement }, async () => {
      source.current?.[Symbol.dispose]()
      source.current = await openCall(place)
      return source.current.stream
    })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the press of the record button opened this
  useEffect(() => {
    let gone = false
    consent.ensure().then((yes) => {
      if (gone) return
      if (yes) begin()
      else onClose()
    })
    return () => {
      gone = true
      const current = recorder.current
      recorder.current = null
      current?.abandon().finally(() => {
        current[Symbol.dispose]()
        window.dispatchEvent(new Event('sotto-kept'))
      })
    }
  }, [])
  // closing the tab by mistake while recording loses nothing, but a word of warning is kind
  useEffect(() => {
    if (state !== 'recording' && state !== 'paused') return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [state])

  const stop = async () => {
    const current = recorder.current
    if (!current) return
    recorder.current = null
    await current.stop()
    current[Symbol.dispose]()
    onClose()
    if (session.phase === 'person') {
      const { sendKept } = await import('./send-kept.ts')
      await sendKept(current.id, session.status?.upload_limit ?? Number.POSITIVE_INFINITY, (item) =>
        go(`/items/${item}`),
      )
    }
    window.dispatchEvent(new Event('sotto-kept'))
  }
  const discard = async () => {
    const current = recorder.current
    recorder.current = null
    await current?.abandon()
    current?.[Symbol.dispose]()
    if (current) await eraseKept(current.id)
    onClose()
  }
  const live = state === 'recording' || state === 'paused'
  if (consent.dialog) return consent.dialog
  return (
    <Dialog
      open
      locked
      title={call ? t.call.title : t.record.title}
      text={call ? t.call.why : t.record.why}
      onClose={discard}
    >
      <div className="recording">
        <p className="record-state with-icon" role="status">
          {state === 'recording' ? <Circle aria-hidden className="record-dot" /> : null}
          {state === 'recording'
            ? t.record.recording
            : state === 'paused'
              ? t.record.pausedState
              : problem
                ? ''
                : t.record.starting}
        </p>
        <p className="record-time numbers" role="timer" aria-label={t.record.elapsed}>
          {format.clock(time.elapsed)}
        </p>
        {call?.place === 'computer' ? (
          (['me', 'other'] as const).map((side) => (
            <div key={side} className="side">
              <span className="tiny soft">
                {side === 'me' ? t.call.me : (call.agreement.other ?? t.call.otherSide)}
              </span>
              <LevelMeter level={() => source.current?.level(side) ?? 0} active={state === 'recording'} />
            </div>
          ))
        ) : (
          <LevelMeter level={() => recorder.current?.level() ?? 0} active={state === 'recording'} />
        )}
        <p className="tiny soft numbers">
          {time.kept > 0 ? t.record.keptUpTo(format.clock(time.kept, true)) : t.record.kept}
        </p>
      </div>
      {outOfSight && state === 'paused' ? (
        <p className="small" role="status">
          {t.permissions.backgroundPaused}
        </p>
      ) : null}
      {problem ? (
        <p className="problem" role="alert">
          {problem === 'noCallSound' ? t.call.noSound : t.record[problem]}
        </p>
      ) : null}
      <div className="record-actions">
        {live ? (
          <>
            <button
              type="button"
              className="button"
              onClick={() => (state === 'recording' ? recorder.current?.pause() : recorder.current?.resume())}
            >
              {state === 'recording' ? <Pause aria-hidden /> : <Play aria-hidden />}
              {state === 'recording' ? t.record.pause : t.record.resume}
            </button>
            <button type="button" className="button primary" onClick={stop}>
              <Square aria-hidden />
              {t.record.stop}
            </button>
          </>
        ) : null}
        {problem && problem !== 'unsupported' ? (
          <button type="button" className="button" onClick={begin}>
            {t.app.retry}
          </button>
        ) : null}
        {problem ? (
          <button type="button" className="button" onClick={onClose}>
            {t.app.close}
          </button>
        ) : (
          <button type="button" className="button plain" onClick={discard}>
            <Trash2 aria-hidden />
            {t.record.discard}
          </button>
        )}
      </div>
    </Dialog>
  )
}
