/** How far the end of an account is, for whoever has its address; in the end the certificate. */
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { CertificateView } from '../privacy/certificate-view.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech, useTitle } from '../text/text.tsx'

/** The page of `/ended/:ticket`. */
export function TicketPage({ ticket }: { ticket: string }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const names = useAnswer(`names ${locale}`, async () => (await import('../privacy/policy-words.ts')).names(locale))
  useTitle(t.rights.ticketTitle)
  const found = useAnswer(`ticket ${ticket}`, (signal) =>
    api.call('GET /api/certificates/:ticket', { params: { ticket } }, { signal }),
  )
  const { value } = found
  const request = value?.request
  const words = value && {
    checking: t.rights.ticketChecking(request?.check_until ? format.day(request.check_until) : ''),
    lapsed: t.rights.ticketLapsed,
    waiting: t.rights.ticketWaiting(
      request?.grace_until ? format.day(request.grace_until) : '',
      request?.due_at ? format.day(request.due_at) : '',
    ),
    revoked: t.rights.ticketRevoked,
    held: t.rights.ticketHeld,
    ended: t.rights.ticketEnded,
  }
  return (
    <div className="page narrow stack">
      <h1>{t.rights.ticketTitle}</h1>
      <ProblemNote error={found.error} again={found.again} />
      {value && words ? <p>{words[value.state]}</p> : null}
      {value && value.holds.length > 0 ? (
        <ul>
          {value.holds.map((hold) => (
            <li key={hold.id}>
              {t.rights.hold(
                format.list(hold.kinds.map((kind) => names.value?.('kinds', kind) ?? kind)),
                hold.citation,
                format.day(hold.until),
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {value?.certificate ? <CertificateView certificate={value.certificate} /> : null}
    </div>
  )
}
