/** The one line that is always in sight: where the person's things are, what left, what is being done. */

import { connected } from '../api/events.ts'
import { activeJobs, library, looseJobs } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { recordingNow } from '../record/recording-now.ts'
import { useSession } from '../session/session.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { uploads } from '../upload/uploads.ts'
import { progressOf } from './progress-text.ts'

/** The line. Parts are joined by middle dots. */
export function StatusLine() {
  const t = useText()
  const format = useFormat()
  const { status, phase } = useSession()
  const online = useStore(connected)
  const items = useStore(library)
  const loose = useStore(looseJobs).filter(({ item }) => !items?.some(({ id }) => id === item))
  const jobs = [...activeJobs(items), ...loose]
  const sending = useStore(uploads).filter((upload) => upload.state === 'sending')
  const recording = useStore(recordingNow)
  const parts: string[] = []
  if (!online || phase === 'away') parts.push(t.line.offline)
  else if (status) {
    parts.push(status.loopback ? t.line.here : t.line.there(location.host))
    parts.push(phase === 'nobody' ? t.line.nothingKept : status.loopback ? t.line.nothingLeft : t.line.sharedWithNobody)
  }
  if (recording !== null) parts.push(t.line.recording(format.clock(recording)))
  if (sending.length > 0) {
    const share = sending.reduce((sum, one) => sum + one.sent, 0) / sending.reduce((sum, one) => sum + one.size, 1)
    parts.push(t.line.uploading(format.percent(share)))
  }
  const [first, ...others] = jobs
  if (first) parts.push(progressOf(first, t, format.clock))
  if (others.length > 0) parts.push(t.line.more(others.length))
  if (phase === 'person' && online && recording === null && sending.length === 0 && !first) parts.push(t.line.idle)
  return (
    <p className="status-line numbers" role="status" aria-live="off" aria-label={t.line.label}>
      {parts.length > 0 ? parts.join(' · ') : t.app.loading}
    </p>
  )
}
