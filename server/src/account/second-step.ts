/** Password and second step of an account: setting, confirming, removing, and proving them (C21, C167, C180). */
import type { Visitor } from '../http/handle.ts'
import { Problem, type ProblemLocale } from '../problem.ts'
import { changeCredential, credentialOf, proofsOf } from './credential.ts'
import { backoff } from './limits.ts'
import type { AccountParts } from './parts.ts'
import { hashPassword, passwordFits } from './password.ts'
import type { Sessions } from './session.ts'
import { requireStrong } from './strength.ts'
import { newRecoveryCodes, newSecret, recoveryHash, stepOf, withoutRecovery } from './totp.ts'

/** What an account can be proven by. */
export interface Given {
  readonly totp?: string | undefined
  readonly password?: string | undefined
}

/** Passwords and authenticator apps of an account. */
export interface SecondStep {
  setPassword(visitor: Visitor, password: string, locale: ProblemLocale): Promise<void>
  removePassword(person: string): Promise<void>
  beginTotp(person: string): Promise<{ secret: string; uri: string }>
  /** Answers the recovery codes, told once. */
  confirmTotp(visitor: Visitor, code: string): Promise<string[]>
  removeTotp(person: string): Promise<void>
  /** Uses up a code of the app, or a recovery code. @throws Problem `totp_needed`, `totp_wrong`, `try_later` */
  useTotp(person: string, given: string | undefined): Promise<void>
  /** Whether a password is the person's; takes as long for nobody. */
  passwordFits(person: string | undefined, password: string): Promise<boolean>
  /** Fresh proof for a session. @throws Problem */
  stepUp(visitor: Visitor, given: Given): Promise<void>
}

/** The second step over a studio. */
export function secondStep(parts: AccountParts, sessions: Sessions): SecondStep {
  const { now } = parts
  const guesses = backoff(now)

  function begin(person: string): void {
    const wait = guesses.begin(person)
    if (wait === undefined) return
    parts.note(person, 'second_step_locked').catch(() => undefined)
    throw new Problem('try_later', { retryAfter: wait })
  }

  async function ownWords(person: string): Promise<string[]> {
    const mine = await parts.gate.open('sign_in', person, { by: 'self' })
    const accounts = await mine.account.list()
    const identifiers = await mine.identifier.list()
    const numbers = identifiers.map(({ phone_number }) => phone_number)
    return [...accounts.map(({ handle }) => handle), ...numbers, ...numbers.map((n) => n.slice(-8)), 'sotto']
  }

  async function useTotp(person: string, given: string | undefined): Promise<void> {
    if (given === undefined || given.trim() === '') throw new Problem('totp_needed')
    begin(person)
    const token = given.replace(/\s/g, '')
    await changeCredential(parts, person, (before) => {
      if (before.totp_secret === undefined || !before.totp_confirmed) throw new Problem('totp_wrong')
      const step = stepOf(before.totp_secret, token, now(), before.totp_step)
      if (step !== undefined) return { totp_step: step }
      const left = withoutRecovery(before.recovery_hashes ?? [], token)
      if (left === undefined) throw new Problem('totp_wrong')
      return { recovery_hashes: left }
    })
    guesses.clear(person)
  }

  async function fits(person: string | undefined, password: string): Promise<boolean> {
    const hash = person === undefined ? undefined : (await credentialOf(parts, person)).password_hash
    return passwordFits(password, hash)
  }

  return {
    async setPassword(visitor, password, locale) {
      await requireStrong(password, await ownWords(visitor.person), locale)
      const hash = await hashPassword(password)
      await changeCredential(parts, visitor.person, () => ({ password_hash: hash }))
      await sessions.endOthers(visitor.person, visitor.session)
      await sessions.prove(visitor)
    },

    async removePassword(person) {
      await changeCredential(parts, person, () => ({ password_hash: undefined }))
    },

    async beginTotp(person) {
      const mine = await parts.gate.open('sign_in', person, { by: 'self' })
      const [account] = await mine.account.list()
      const made = newSecret(account?.handle ?? 'Sotto')
      await changeCredential(parts, person, (before) => {
        if (before.totp_confirmed) throw new Problem('totp_set_already')
        return { totp_secret: made.secret, totp_confirmed: false, totp_step: undefined }
      })
      return made
    },

    async confirmTotp(visitor, code) {
      begin(visitor.person)
      const recovery = newRecoveryCodes()
      await changeCredential(parts, visitor.person, (before) => {
        if (before.totp_confirmed) throw new Problem('totp_set_already')
        if (before.totp_secret === undefined) throw new Problem('totp_not_begun')
        const step = stepOf(before.totp_secret, code, now(), undefined)
        if (step === undefined) throw new Problem('totp_wrong')
        return { totp_confirmed: true, totp_step: step, recovery_hashes: recovery.map(recoveryHash) }
      })
      guesses.clear(visitor.person)
      await sessions.prove(visitor)
      return recovery
    },

    async removeTotp(person) {
      await changeCredential(parts, person, () => ({
        totp_secret: undefined,
        totp_confirmed: undefined,
        totp_step: undefined,
        recovery_hashes: undefined,
      }))
    },

    useTotp,
    passwordFits: fits,

    async stepUp(visitor, { totp, password }) {
      const has = await proofsOf(parts, visitor.person)
      // The stronger one is asked for where there is one: a password may be known to others.
      if (has.totp) await useTotp(visitor.person, totp)
      else if (has.password) {
        begin(visitor.person)
        if (!(await fits(visitor.person, password ?? ''))) throw new Problem('sign_in_refused')
        guesses.clear(visitor.person)
      }
      await sessions.prove(visitor)
    },
  }
}
