/** The first page: the studio itself, not a wall in front of it. */
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/api.ts'
import { library, withItem } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { putAside, wasPutAside } from '../notice/notice.ts'
import { NoticeLayer } from '../notice/notice-layer.tsx'
import { Leftovers } from '../record/leftovers.tsx'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText, useTitle } from '../text/text.tsx'
import { UploadList } from '../upload/upload-list.tsx'
import { DropZone } from './drop-zone.tsx'
import { LibraryList } from './library-list.tsx'
import { Sample } from './sample.tsx'
import './studio.css'

const CallDialog = lazy(() => import('../call/call-dialog.tsx').then((m) => ({ default: m.CallDialog })))
const RecordDialog = lazy(() => import('../record/record-dialog.tsx').then((m) => ({ default: m.RecordDialog })))

/** Bringing in, trying the sample, the notice beside it, the library below. */
export function StudioPage() {
  const t = useText()
  useTitle(t.app.title)
  const session = useSession()
  const [, go] = useLocation()
  const items = useStore(library)
  const hash = session.status?.policy.hash
  const [answered, setAnswered] = useState<boolean | null>(null)
  const refused = answered ?? wasPutAside(hash)
  const setRefused = (no: boolean) => {
    setAnswered(no)
    putAside(no ? (hash ?? null) : null)
  }
  const [recording, setRecording] = useState<{ resume: string | null } | null>(null)
  const [calling, setCalling] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const bring = async (files: readonly File[]) => {
    if (!(await session.ensure())) return
    const { send } = await import('../upload/uploader.ts')
    const limit = session.status?.upload_limit ?? Number.POSITIVE_INFINITY
    for (const file of files) send(file, file.name, 'imported', limit)
  }
  const record = async (resume: string | null = null) => {
    // without a connection nobody can be asked by the server; what is recorded stays on the device until then
    if (session.phase !== 'away' && !(await session.ensure())) return
    setRecording({ resume })
  }
  const callSomebody = async () => {
    if (await session.ensure()) setCalling(true)
  }
  const trySample = async () => {
    setError(null)
    if (!(await session.ensure())) return
    setBusy(true)
    api
      .call('POST /api/items/sample', {})
      .then((item) => {
        library.set((known) => withItem(known, item))
        go(`/items/${item.id}`)
      }, setError)
      .finally(() => setBusy(false))
  }
  const nobody = session.phase === 'nobody'
  const empty = nobody || session.phase === 'asking' || items?.length === 0
  return (
    <div className="page studio">
      <ProblemNote error={error} />
      <Leftovers onContinue={(id) => record(id)} />
      <div className={nobody ? 'studio-first with-notice' : 'studio-first'}>
        <div className="stack loose">
          {empty ? (
            <div className="studio-lead">
              <h1>{t.studio.heading}</h1>
              <p className="soft">{t.studio.lead}</p>
            </div>
          ) : (
            <h1 className="hidden">{t.app.studio}</h1>
          )}
          <DropZone onFiles={bring} onRecord={() => record()} onCall={callSomebody} />
          {empty ? <Sample onTry={trySample} busy={busy} /> : null}
        </div>
        {nobody ? (
          <aside className="notice-aside" aria-labelledby="notice-heading">
            <h2 id="notice-heading">{t.noticeLayer.heading}</h2>
            {refused ? (
              <>
                <p className="soft">{t.noticeLayer.refused}</p>
                <p>
                  <button type="button" className="button" onClick={() => setRefused(false)}>
                    {t.noticeLayer.reconsider}
                  </button>
                </p>
              </>
            ) : (
              <NoticeLayer onRefuse={() => setRefused(true)} />
            )}
          </aside>
        ) : null}
      </div>
      <UploadList />
      {session.phase === 'person' ? <LibraryList /> : null}
      {calling ? (
        <Suspense fallback={null}>
          <CallDialog onClose={() => setCalling(false)} />
        </Suspense>
      ) : null}
      {recording ? (
        <Suspense fallback={null}>
          <RecordDialog resume={recording.resume} onClose={() => setRecording(null)} />
        </Suspense>
      ) : null}
    </div>
  )
}
