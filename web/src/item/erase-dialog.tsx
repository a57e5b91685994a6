/** Erases one item after one clear question, and shows what was destroyed. */
import { useState } from 'react'
import { api, type Certificate, type Item } from '../api/api.ts'
import { library, withoutItem } from '../api/library.ts'
import { CertificateView } from '../privacy/certificate-view.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'

/** `onErased` is called once the certificate was read; `onClose` for every way out. */
export function EraseDialog({ item, onClose, onErased }: { item: Item; onClose(): void; onErased?: () => void }) {
  const t = useText()
  const [certificate, setCertificate] = useState<Certificate | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const erase = () => {
    setBusy(true)
    setError(null)
    api
      .call('DELETE /api/items/:id', { params: { id: item.id } })
      .then(setCertificate, setError)
      .finally(() => setBusy(false))
  }
  const close = () => {
    onClose()
    if (certificate) {
      library.set((items) => withoutItem(items, item.id))
      onErased?.()
    }
  }
  return (
    <Dialog
      open
      alert
      title={certificate ? t.certificate.title : t.item.eraseTitle(item.name)}
      text={certificate ? t.certificate.itemText : t.item.eraseText}
      onClose={close}
    >
      {certificate ? <CertificateView certificate={certificate} /> : null}
      <ProblemNote error={error} />
      <div className="actions">
        {certificate ? (
          <button type="button" className="button primary" onClick={close}>
            {t.app.done}
          </button>
        ) : (
          <>
            <button type="button" className="button" onClick={close}>
              {t.app.cancel}
            </button>
            <button type="button" className="button danger" disabled={busy} onClick={erase}>
              {busy ? t.privacy.erasing : t.item.eraseDo}
            </button>
          </>
        )}
      </div>
    </Dialog>
  )
}
