/** What whoever has a link sees: one recording or its words; nothing is loaded from elsewhere, nothing is left behind (C233). */
import type { Answer } from '@sotto/server/client'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { api } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText, useTitle } from '../text/text.tsx'
import './share.css'

type Opened = Answer<'POST /api/shared/:token'>

/** The page of `/s/:token`. */
export function SharedPage({ token }: { token: string }) {
  const t = useText()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const open = useCallback(
    (given?: string) => {
      setError(null)
      api
        .call('POST /api/shared/:token', { params: { token }, body: given === undefined ? {} : { password: given } })
        .then(setOpened, setError)
    },
    [token],
  )
  useEffect(() => open(), [open])
  const code = codeOf(error)
  useTitle(opened?.name ?? t.share.heading)
  if (code === 'share_gone' || code === 'bad_request')
    return (
      <div className="page narrow stack">
        <h1>{t.share.goneTitle}</h1>
        <p>{t.share.gone}</p>
      </div>
    )
  if (!opened)
    return (
      <div className="page narrow stack">
        {code === 'share_password' || code === 'try_later' ? (
          <form
            className="stack"
            onSubmit={(event: FormEvent) => {
              event.preventDefault()
              open(password)
            }}
          >
            <h1>{t.share.passwordNeeded}</h1>
            <label className="field">
              <span>{t.sign.password}</span>
              <input
                type="password"
                autoComplete="off"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </label>
            {password !== '' || code === 'try_later' ? <ProblemNote error={error} /> : null}
            <p>
              <button type="submit" className="button primary">
                {t.share.open}
              </button>
            </p>
          </form>
        ) : error ? (
          <ProblemNote error={error} again={() => open()} />
        ) : (
          <p className="soft">{t.app.loading}</p>
        )}
      </div>
    )
  const media = `/api/shared/${token}/media?pass=${encodeURIComponent(opened.pass)}`
  const words = `/api/shared/${token}/words?format=txt&pass=${encodeURIComponent(opened.pass)}`
  const download = opened.mode === 'download'
  return (
    <div className="page narrow stack shared">
      <h1>{opened.name}</h1>
      {opened.what.includes('sound') ? (
        opened.media === 'video' ? (
          // biome-ignore lint/a11y/useMediaCaption: the words, where they are shared, stand below
          <video controls controlsList={download ? '' : 'nodownload'} preload="metadata" src={media} />
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: the words, where they are shared, stand below
          <audio controls controlsList={download ? '' : 'nodownload'} preload="metadata" src={media} />
        )
      ) : null}
      {opened.segments ? (
        <div className="said" lang={opened.language ?? undefined}>
          {opened.segments.map((segment) => (
            <p key={segment.start}>{segment.text}</p>
          ))}
        </div>
      ) : null}
      {download ? (
        <p className="row">
          {opened.what.includes('sound') ? (
            <a className="button" href={`${media}&download`} download="">
              {t.share.saveMedia}
            </a>
          ) : null}
          {opened.segments ? (
            <a className="button" href={words} download="">
              {t.share.saveWords}
            </a>
          ) : null}
        </p>
      ) : null}
      <p className="tiny soft">{t.share.foot}</p>
    </div>
  )
}
