/** The rights of a person, over a studio: one door for routes, terminal and tests. */
import type { RequestState } from '@sotto/policy'
import { KeyGoneError } from '../keys/keyring.ts'
import { lapse, receive, verify } from './by-letter.ts'
import {
  type Cancelled,
  cancel,
  type EndChoice,
  endCancelled,
  endReleased,
  type TicketState,
  takeBack,
  ticketState,
} from './cancel.ts'
import { askReview, type DecisionCode, type DecisionView, decisionsOf, noteDecision } from './decisions.ts'
import { freeze, taken, thaw } from './freeze.ts'
import { objections, setObjection } from './objections.ts'
import { type AccountState, accountState, type RightsParts } from './parts.ts'
import { alarmed, move, type RequestRow, requestRows } from './requests.ts'

/** What can be done. */
export interface Rights {
  freeze(person: string, why?: string): Promise<void>
  /** @throws RequestEndedError */
  thaw(person: string): Promise<void>
  taken(person: string): Promise<void>
  state(person: string): Promise<AccountState | undefined>
  cancel(person: string, choice: EndChoice): Promise<Cancelled>
  takeBack(person: string): Promise<void>
  /** Takes down a letter that asks for the end of an account. @throws RequestEndedError, KeyGoneError */
  receive(person: string, choice: EndChoice): Promise<Omit<Cancelled, 'holds'>>
  /** Says how it was made sure whose letter it is: the cancellation runs from now. @throws RequestEndedError, KeyGoneError */
  verify(id: string, how: string): Promise<RequestRow>
  ticket(ticket: string): Promise<TicketState | undefined>
  objections(person: string): Promise<readonly string[]>
  setObjection(person: string, purpose: string, on: boolean): Promise<void>
  note(person: string, code: DecisionCode, reason?: string): Promise<void>
  decisions(person: string): Promise<DecisionView[]>
  askReview(person: string, decision: string, words: string): Promise<void>
  requests(where?: { person?: string; id?: string; open?: boolean }): Promise<RequestRow[]>
  /** Requests the host is to be warned of. */
  alarmed(): Promise<RequestRow[]>
  /** What a person asked, read by somebody of the host; the person sees that they did. */
  read(
    person: string,
    id: string,
  ): Promise<
    | {
        about: string | null
        words: string | null
        decision: { code: string; reason: string | null; count: number } | null
      }
    | undefined
  >
  /** Answers a request in the host's name. @throws RequestEndedError, KeyGoneError */
  answer(person: string, id: string, outcome: 'fulfil' | 'deny', reason: string): Promise<RequestState>
  /** Ends the accounts whose time has come; answers how many. */
  endDue(): Promise<number>
}

/** The rights over a studio's parts. */
export function rightsOf(parts: RightsParts): Rights {
  return {
    freeze: (person, why) => freeze(parts, person, why),
    thaw: (person) => thaw(parts, person),
    taken: (person) => taken(parts, person),
    state: (person) => accountState(parts.db, person),
    cancel: (person, choice) => cancel(parts, person, choice),
    takeBack: (person) => takeBack(parts, person),
    receive: (person, choice) => receive(parts, person, choice),
    verify: (id, how) => verify(parts, id, how),
    ticket: (ticket) => ticketState(parts, ticket),
    objections: (person) => objections(parts, person),
    setObjection: (person, purpose, on) => setObjection(parts, person, purpose, on),
    note: (person, code, reason) => noteDecision(parts, person, code, reason),
    decisions: (person) => decisionsOf(parts, person),
    askReview: (person, decision, words) => askReview(parts, person, decision, words),
    requests: (where = {}) => requestRows(parts, where),
    alarmed: () => alarmed(parts),
    async read(person, id) {
      const asked = await parts.gate.open('answer_requests', person, { by: 'operator', item: id })
      const request = await asked.request.get(id)
      if (!request) return undefined
      const about = request.about ?? null
      const decision = about === null ? undefined : await asked.decision.get(about)
      return {
        about,
        words: request.words ?? null,
        decision: decision ? { code: decision.code, reason: decision.reason ?? null, count: decision.count } : null,
      }
    },
    async answer(person, id, outcome, reason) {
      const [request] = await requestRows(parts, { person, id })
      // A cancellation is carried out, never answered (C207).
      if (!request || request.right === 'cancel') throw new KeyGoneError('there is no such request to answer')
      return move(parts, person, id, outcome, { by: 'operator', reason })
    },
    endDue: async () => (await endCancelled(parts)) + (await endReleased(parts)) + (await lapse(parts)),
  }
}
