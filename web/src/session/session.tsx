/**
 * Who is before the page: nobody, a guest, an account. Nothing personal is sent or stored before the notice was
 * before the person and they agreed (C4, C6); {@link Session.ensure} is the one gate all such acts go through.
 */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { api, type Me, type Status } from '../api/api.ts'
import { connected, useEvents } from '../api/events.ts'
import { library } from '../api/library.ts'
import { codeOf } from '../api/problem.ts'
import { forgetNotice, noticeSeen, putAside } from '../notice/notice.ts'
import { hearSignal } from '../privacy/cookie-choice.ts'
import { registerServiceWorker } from '../pwa/register.ts'
import { useSpeech } from '../text/text.tsx'
import { uploads } from '../upload/uploads.ts'

/** `asking`: not known yet. `away`: the server could not be reached. */
export type Phase = 'asking' | 'nobody' | 'person' | 'away'

/** Who is here, and coming and going. */
export interface Session {
  phase: Phase
  status: Status | null
  me: Me | null
  /** Whether somebody is here now; if nobody, brings the notice and waits for the answer. */
  ensure(): Promise<boolean>
  /** Begins as a guest under the notice as it is now. */
  begin(): Promise<void>
  take(me: Me): void
  /** Forgets who was here: signed out or erased. */
  leave(): void
  again(): void
  /** An act waits for the notice to be answered. */
  asked: boolean
  answer(agreed: boolean): void
}

const SessionContext = createContext<Session | null>(null)

/** The session of the page. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside SessionProvider')
  return session
}

/** Finds out who is here, and keeps it. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { locale } = useSpeech()
  const [phase, setPhase] = useState<Phase>('asking')
  const [status, setStatus] = useState<Status | null>(null)
  const [me, setMe] = useState<Me | null>(null)
  const [asked, setAsked] = useState(false)
  const [round, setRound] = useState(0)
  const waiting = useRef<((agreed: boolean) => void)[]>([])
  useEvents(phase === 'person' && me?.frozen === false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    let gone = false
    api
      .call('GET /api/status', {})
      .then((value) => {
        // what the browser asks for is known before anything for convenience is kept
        hearSignal(value.gpc)
        registerServiceWorker()
        if (!gone) setStatus(value)
        return api.call('GET /api/me', {})
      })
      .then(
        (value) => {
          if (gone) return
          connected.set(true)
          setMe(value)
          setPhase('person')
        },
        (error) => {
          if (gone) return
          const unreachable = ['offline', 'unreachable', 'unexpected'].includes(codeOf(error))
          connected.set(!unreachable)
          setPhase(unreachable ? 'away' : 'nobody')
        },
      )
    return () => {
      gone = true
    }
  }, [round])
  const again = useCallback(() => setRound((value) => value + 1), [])
  useEffect(() => {
    if (phase !== 'away') return
    window.addEventListener('online', again)
    const timer = window.setInterval(again, 10_000)
    return () => {
      window.removeEventListener('online', again)
      window.clearInterval(timer)
    }
  }, [phase, again])

  const answer = useCallback((agreed: boolean) => {
    setAsked(false)
    for (const resolve of waiting.current.splice(0)) resolve(agreed)
  }, [])
  const take = useCallback(
    (value: Me) => {
      setMe(value)
      setPhase('person')
      putAside(null)
      answer(true)
    },
    [answer],
  )
  const ensure = useCallback(() => {
    if (phase === 'person') return Promise.resolve(true)
    if (phase !== 'asking') setAsked(true)
    return new Promise<boolean>((resolve) => waiting.current.push(resolve))
  }, [phase])
  useEffect(() => {
    // whoever pressed something before it was known who is here
    if (phase === 'asking' || waiting.current.length === 0) return
    if (phase === 'person') answer(true)
    else setAsked(true)
  }, [phase, answer])
  const begin = useCallback(async () => {
    const notice = await noticeSeen(locale)
    take(
      await api.call('POST /api/session/guest', { body: { notice } }).catch((error: unknown) => {
        if (codeOf(error) === 'notice_changed') forgetNotice()
        throw error
      }),
    )
  }, [take, locale])
  const leave = useCallback(() => {
    setMe(null)
    library.set(null)
    // names of what was brought in must not stay on the screen for whoever comes next
    const left = uploads.get()
    uploads.set([])
    if (left.length > 0)
      import('../upload/uploader.ts').then(({ drop }) => {
        for (const { id } of left) drop(id)
      })
    setPhase('nobody')
  }, [])

  const value = useMemo(
    () => ({ phase, status, me, ensure, begin, take, leave, again, asked, answer }),
    [phase, status, me, ensure, begin, take, leave, again, asked, answer],
  )
  return <SessionContext value={value}>{children}</SessionContext>
}
