/** Announces the end of the service on every page, to everyone; that a person was told is noted once (C156). */
import { useEffect } from 'react'
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { useFormat, useText } from '../text/text.tsx'

/** Nothing while the service goes on. */
export function ServiceLine() {
  const t = useText()
  const format = useFormat()
  const { status, phase } = useSession()
  const service = status?.service
  const announced = service?.state === 'announced'
  useEffect(() => {
    // Shown again at the next visit where it could not be noted now.
    if (announced && phase === 'person') api.call('POST /api/service/told', {}).catch(() => undefined)
  }, [announced, phase])
  if (!service || service.end === null) return null
  const day = format.day(service.end)
  return (
    <div className="banner row" role="status">
      <span>{announced ? t.policy.ending(day) : t.policy.ended(day)}</span>
      {announced && phase === 'person' ? <Link href="/my/settings/privacy">{t.policy.takeAway}</Link> : null}
    </div>
  )
}
