/** Signing in and up: as a guest, by number and one-time code, by password; and how a guest keeps everything. */
import type { NoticeSeen } from '../gate/consents.ts'
import type { Passage } from '../http/doors.ts'
import type { Visitor } from '../http/handle.ts'
import { Problem } from '../problem.ts'
import { findRecords } from '../vault/record.ts'
import { takeNumber } from './change-number.ts'
import type { AskedBy, CodeAsked, CodeDesk } from './code-desk.ts'
import { oneTimeCodes } from './codes.ts'
import { proofsOf } from './credential.ts'
import { backoff, networkOf } from './limits.ts'
import { numberOf } from './number.ts'
import type { AccountParts } from './parts.ts'
import type { SecondStep } from './second-step.ts'
import { steadily } from './steady.ts'

/** Who signs in after all: `proven` where a password or second step was part of it. */
export interface Entered {
  readonly person: string
  readonly proven: boolean
}

/** The ways in. */
export interface SignIn {
  /** A new guest. @throws Problem `guests_off` */
  guest(notice: NoticeSeen, passage: Passage): Promise<Entered>
  /** A code on its way to a number, the same for every number. @throws Problem */
  askCode(ask: { number: string; country?: string | undefined; notice: NoticeSeen }, by: AskedBy): Promise<CodeAsked>
  /** @throws Problem `code_wrong`, `code_spent`, `totp_needed`, `totp_wrong`, `merge_needed`, `signed_in_already` */
  verify(
    given: { challenge: string; code: string; totp?: string | undefined; merge?: boolean | undefined },
    by: { visitor: Visitor | undefined; passage: Passage },
  ): Promise<Entered>
  /** @throws Problem `sign_in_refused`, `totp_needed`, `totp_wrong`, `merge_needed`, `signed_in_already`, `try_later` */
  password(
    given: { name: string; password: string; totp?: string | undefined; merge?: boolean | undefined },
    by: { visitor: Visitor | undefined; passage: Passage },
  ): Promise<Entered>
}

/** The ways in, over a studio. */
export function signIn(parts: AccountParts, second: SecondStep, desk: CodeDesk): SignIn {
  const { config, db, lookup, now, turns } = parts
  const codes = oneTimeCodes(now)
  const guesses = backoff(now)

  /** Without a number or password: nobody but this session leads to them. */
  async function isGuest(person: string): Promise<boolean> {
    return (await findRecords(db, person, 'identifier')).length === 0 && !(await proofsOf(parts, person)).password
  }

  /** Whether there is anything that could move. */
  async function hasThings(person: string): Promise<boolean> {
    return (await findRecords(db, person, 'item')).length > 0 || (await findRecords(db, person, 'upload')).length > 0
  }

  /**
   * What becomes of whoever is here already, when they turn out to be `owner`: a guest's things move along if they
   * agree (or there are none), another account is not left by accident. Answers what is to be done once all is proven.
   */
  async function leave(visitor: Visitor | undefined, owner: string, merge: boolean | undefined) {
    if (!visitor || visitor.person === owner) return async () => {}
    if (!(await isGuest(visitor.person))) throw new Problem('signed_in_already')
    if (merge !== true && (await hasThings(visitor.person))) throw new Problem('merge_needed')
    return () => parts.merge(visitor.person, owner)
  }

  /** A new account for a number. */
  async function accountOf(number: string, notice: NoticeSeen): Promise<string> {
    const made = await parts.createPerson(notice)
    if (await lookup.claim('phone', number, made, now().getTime())) return made
    // Another server was quicker with the same number: what was made here goes again.
    await parts.erase(made)
    return (await lookup.find('phone', number)) ?? accountOf(number, notice)
  }

  /** What a right code leads to, for somebody who may be here already. */
  async function enter(
    { number, notice }: { number: string; notice: NoticeSeen },
    { totp, merge }: { totp?: string | undefined; merge?: boolean | undefined },
    visitor: Visitor | undefined,
  ): Promise<Entered> {
    const owner = await lookup.find('phone', number)
    if (owner === undefined && visitor) {
      // A guest (or a handle without number) binds it and keeps everything.
      if ((await findRecords(db, visitor.person, 'identifier')).length > 0) throw new Problem('signed_in_already')
      if (!(await lookup.claim('phone', number, visitor.person, now().getTime())))
        return enter({ number, notice }, { totp, merge }, visitor)
      await takeNumber(parts, visitor.person, number)
      return { person: visitor.person, proven: false }
    }
    if (owner === undefined) {
      const person = await accountOf(number, notice)
      await takeNumber(parts, person, number)
      return { person, proven: false }
    }
    const move = await leave(visitor, owner, merge)
    // Whoever the number leads to must be proven wholly before anything moves to them.
    const { totp: needed } = await proofsOf(parts, owner)
    if (needed) await second.useTotp(owner, totp)
    await parts.consents.noticeShown(owner, notice, 'page')
    await takeNumber(parts, owner, number)
    await move()
    return { person: owner, proven: needed }
  }

  return {
    async guest(notice, { address }) {
      if (!config.guests) throw new Problem('guests_off')
      desk.tried(address)
      return { person: await parts.createPerson(notice), proven: false }
    },

    askCode: (ask, by) => desk.send(ask, by, (number) => codes.issue({ number, notice: ask.notice })),

    async verify({ challenge, code, totp, merge }, { visitor, passage }) {
      desk.tried(passage.address)
      const proof = codes.use(challenge, code)
      return turns.take(`number ${proof.number}`, async () => {
        try {
          return await enter(proof, { totp, merge }, visitor)
        } catch (error) {
          proof.putBack()
          throw error
        }
      })
    },

    async password({ name, password, totp, merge }, { visitor, passage }) {
      const typed = name.trim()
      // One door per name and network, so that a stranger cannot lock somebody out everywhere.
      const door = `${typed.toLowerCase()} ${networkOf(passage.address)}`
      desk.tried(passage.address)
      const wait = guesses.begin(door)
      const ownerOf = async () => {
        const number = numberOf(typed)
        return (
          (number ? await lookup.find('phone', number) : undefined) ??
          (await lookup.find('handle', typed.toLowerCase()))
        )
      }
      if (wait !== undefined) {
        desk.noteFor(ownerOf, 'sign_in_locked')
        throw new Problem('try_later', { retryAfter: wait })
      }
      const person = await steadily(async () => {
        const owner = await ownerOf()
        if (!(await second.passwordFits(owner, password)) || owner === undefined) throw new Problem('sign_in_refused')
        return owner
      })
      const move = await leave(visitor, person, merge)
      if ((await proofsOf(parts, person)).totp) await second.useTotp(person, totp)
      guesses.clear(door)
      await move()
      return { person, proven: true }
    },
  }
}
