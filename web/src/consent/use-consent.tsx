/**
 * Asking for a consent at the moment it is needed, its purpose in the words of the policy in the same breath
 * (C39, C44, C202), with two equal answers; the way back is named beside it.
 */
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { Link } from 'wouter'
import { api, type Switch } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { useAnswer } from '../api/use-answer.ts'
import { noticeSeen } from '../notice/notice.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'

/** The switches of this studio that a function may wait for. */
export type ConsentSetting =
  | 'microphone'
  | 'transcribing'
  | 'denoising'
  | 'speaking'
  | 'translating'
  | 'sharing'
  | 'faces'
  | 'calls'

/** `ensure` resolves true when the switch is on, asking first where it is not; `dialog` is to be drawn while it asks. */
export function useConsent(setting: ConsentSetting): { ensure(): Promise<boolean>; dialog: ReactNode } {
  const { locale } = useSpeech()
  const [asking, setAsking] = useState(false)
  const settle = useRef<(yes: boolean) => void>(() => undefined)
  const ensure = useCallback(async () => {
    const switches = await api.call('GET /api/consents', {}).catch((): Switch[] => [])
    if (switches.find((one) => one.setting === setting)?.on) return true
    setAsking(true)
    return new Promise<boolean>((resolve) => {
      settle.current = resolve
    })
  }, [setting])
  const finish = (yes: boolean) => {
    setAsking(false)
    settle.current(yes)
  }
  return {
    ensure,
    dialog: asking ? (
      <ConsentDialog
        setting={setting}
        agree={async () => {
          try {
            await api.call('PUT /api/consents/:setting', {
              params: { setting },
              body: { on: true, notice: await noticeSeen(locale) },
            })
          } catch (error) {
            // without a connection the agreement holds for what stays on this device; it is asked for again,
            // and then recorded, before anything of it is sent
            if (codeOf(error) !== 'offline') throw error
          }
          finish(true)
        }}
        refuse={() => finish(false)}
      />
    ) : null,
  }
}

function ConsentDialog(props: { setting: ConsentSetting; agree(): Promise<void>; refuse(): void }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const [error, setError] = useState<unknown>(null)
  const words = useAnswer(`setting ${props.setting} ${locale}`, async () =>
    (await import('../privacy/policy-words.ts')).settingWords(locale, props.setting),
  )
  return (
    <Dialog open title={words.value?.name ?? t.consent.title} text={words.value?.what} onClose={props.refuse}>
      <div className="stack tight small">
        {words.value?.purposes.map((purpose) => (
          <div key={purpose.id}>
            <p>{purpose.why}</p>
            <p className="soft">{t.consent.uses(format.list(purpose.uses))}</p>
            <p className="soft">{purpose.without}</p>
          </div>
        ))}
        <p className="soft">{t.consent.change}</p>
      </div>
      <ProblemNote error={error ?? words.error} />
      <div className="equal-buttons">
        <button
          type="button"
          className="button wrap"
          disabled={!words.value}
          onClick={() => props.agree().catch(setError)}
        >
          {t.consent.agree}
        </button>
        <button type="button" className="button wrap" onClick={props.refuse}>
          {t.consent.refuse}
        </button>
      </div>
      <p className="tiny">
        <Link href="/notice#contact">{t.permissions.askHost}</Link>
      </p>
    </Dialog>
  )
}
