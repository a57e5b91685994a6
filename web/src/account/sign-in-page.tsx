/** Signing in: by number and one-time code, or by password; a guest keeps everything. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Me } from '../api/api.ts'
import { refreshLibrary } from '../api/library.ts'
import { useSession } from '../session/session.tsx'
import { useText, useTitle } from '../text/text.tsx'
import { CodeWay } from './code-way.tsx'
import { PasswordWay } from './password-way.tsx'
import './account.css'

/** Both ways on one page, one at a time. */
export function SignInPage() {
  const t = useText()
  useTitle(t.sign.title)
  const session = useSession()
  const [, go] = useLocation()
  const [way, setWay] = useState<'code' | 'password'>('code')
  const entered = (me: Me) => {
    session.take(me)
    refreshLibrary().catch(() => undefined)
    go('/')
  }
  return (
    <div className="page narrow stack">
      <h1>{t.sign.title}</h1>
      <p className="soft">{t.sign.lead}</p>
      <fieldset className="ways">
        <legend className="hidden">{t.sign.title}</legend>
        {(['code', 'password'] as const).map((one) => (
          <label key={one} className={way === one ? 'way on' : 'way'}>
            <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
            {one === 'code' ? t.sign.byCode : t.sign.byPassword}
          </label>
        ))}
      </fieldset>
      {way === 'code' ? <CodeWay onEntered={entered} /> : <PasswordWay onEntered={entered} />}
      <p className="small soft">
        {t.sign.noticeFirst} <Link href="/notice">{t.noticeLayer.whole}</Link>
      </p>
    </div>
  )
}
