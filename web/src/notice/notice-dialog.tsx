/** Brings the notice when somebody wants to do what leaves something, before anything is left. */
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { useText } from '../text/text.tsx'
import { NoticeLayer } from './notice-layer.tsx'

/** Open while an act waits for the answer. */
export function NoticeDialog() {
  const t = useText()
  const { asked, answer } = useSession()
  return (
    <Dialog open={asked} title={t.noticeLayer.heading} onClose={() => answer(false)}>
      <NoticeLayer onRefuse={() => answer(false)} />
    </Dialog>
  )
}
