/** Versions of an edit: kept under a name, gone back to (which is a step that can be undone), erased. */

import type { Answer } from '@sotto/server/client'
import { useEffect, useState } from 'react'
import { api } from '../api/api.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'

/** One version. */
export type Version = Answer<'GET /api/items/:id/versions'>[number]

/** `onBefore` resolves when what is shown is saved: that is what is kept. */
export function VersionsPanel(props: { id: string; onBefore(): Promise<void>; onRestore(version: Version): void }) {
  const { id } = props
  const t = useText()
  const format = useFormat()
  const [versions, setVersions] = useState<readonly Version[] | null>(null)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const controller = new AbortController()
    api
      .call('GET /api/items/:id/versions', { params: { id } }, { signal: controller.signal })
      .then(setVersions, (failed) => {
        if (!controller.signal.aborted) setError(failed)
      })
    return () => controller.abort()
  }, [id])
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    await work().catch(setError)
    setBusy(false)
  }
  const keep = () =>
    run(async () => {
      await props.onBefore()
      const made = await api.call('POST /api/items/:id/versions', { params: { id }, body: { name: name.trim() } })
      setVersions([made, ...(versions ?? [])])
      setName('')
    })
  const erase = (version: Version) =>
    run(async () => {
      await api.call('DELETE /api/items/:id/versions/:version', { params: { id, version: version.id } })
      setVersions((versions ?? []).filter((one) => one.id !== version.id))
    })
  return (
    <div className="stack tight">
      <p className="soft small">{t.editing.versionsLead}</p>
      <form
        className="row ends"
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <label className="field">
          <span>{t.editing.versionName}</span>
          <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" className="button" disabled={busy || name.trim() === ''}>
          {t.editing.keepVersion}
        </button>
      </form>
      <ProblemNote error={error} />
      {versions?.length === 0 ? <p className="small soft">{t.editing.noVersions}</p> : null}
      <ul className="plain-list tidy-list">
        {(versions ?? []).map((version) => (
          <li key={version.id}>
            <span>
              {version.name} <span className="small soft numbers">{format.moment(version.saved_at)}</span>
            </span>
            <span className="row">
              <button
                type="button"
                className="button small"
                aria-label={t.editing.restoreThis(version.name)}
                onClick={() => props.onRestore(version)}
              >
                {t.editing.restore}
              </button>
              <button
                type="button"
                className="button small plain"
                aria-label={t.editing.eraseThis(version.name)}
                disabled={busy}
                onClick={() => erase(version)}
              >
                {t.editing.eraseVersion}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
