/**
 * One-time codes (C20). Six random digits, of which only a hash is kept, keyed with a secret of this process and bound to
 * its challenge; in memory alone. A code lives as long as
 * the policy says, dies with its fifth wrong try, and works once.
 */
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { deadlineAt } from '@sotto/policy'
import type { NoticeSeen } from '../gate/consents.ts'
import { Problem } from '../problem.ts'

/** What a right code proves: that its sender holds this number, having seen this notice. */
export interface Proof {
  /** E.164. */
  readonly number: string
  readonly notice: NoticeSeen
}

interface Challenge<P> {
  readonly proof: P
  readonly hash: Buffer
  readonly expires: number
  tries: number
}

/** Seconds a code lives: the policy's own deadline, so that the notice says what is so. */
export const CODE_SECONDS = deadlineAt('code_valid', new Date(0)).getTime() / 1000
const TRIES = 5
const MOST_CHALLENGES = 100_000

/** The codes that are on their way, for one thing that a code can prove. */
export interface OneTimeCodes<P> {
  /** A new code for a number; the code itself is kept nowhere here. */
  issue(proof: P): { challenge: string; code: string }
  /**
   * Uses a code up. `putBack` makes it usable once more: for what it proved but could not be done yet (a second step or
   * an agreement is wanted first); tries stay counted. @throws Problem `code_wrong`, `code_spent`
   */
  use(challenge: string, code: string): P & { readonly putBack: () => void }
}

/** Keeps one-time codes. `now` is the studio's clock. */
export function oneTimeCodes<P extends object = Proof>(now: () => Date): OneTimeCodes<P> {
  const secret = randomBytes(32)
  const open = new Map<string, Challenge<P>>()
  const hashOf = (challenge: string, code: string) =>
    createHmac('sha256', secret).update(`${challenge}\0${code}`).digest()

  const sweep = () => {
    const at = now().getTime()
    // Oldest first, all with the same life: the first that lives ends the search.
    for (const [id, { expires }] of open) {
      if (expires > at && open.size <= MOST_CHALLENGES) break
      open.delete(id)
    }
  }

  return {
    issue(proof) {
      sweep()
      const challenge = randomBytes(24).toString('base64url')
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const expires = now().getTime() + CODE_SECONDS * 1000
      open.set(challenge, { proof, hash: hashOf(challenge, code), expires, tries: 0 })
      return { challenge, code }
    },
    use(challenge, code) {
      sweep()
      const given = hashOf(challenge, code)
      const found = open.get(challenge)
      if (!found) throw new Problem('code_spent')
      found.tries++
      const right = timingSafeEqual(given, found.hash)
      // No await before this line: of requests that race with the same code, one finds it.
      if (right || found.tries >= TRIES) open.delete(challenge)
      if (!right) throw new Problem(found.tries >= TRIES ? 'code_spent' : 'code_wrong')
      const putBack = () => {
        if (found.tries < TRIES) open.set(challenge, found)
      }
      return { ...found.proof, putBack }
    },
  }
}
