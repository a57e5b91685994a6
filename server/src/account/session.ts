/**
 * Sessions. The token is 256 random bits that only the browser keeps; a session's record has the token's hash for its id,
 * so that nothing here can be turned into a token again. Finding out whose session a request carries reads the open columns
 * id, person, state and due date alone: no sealed field is opened for it, so no entry is written. That it was seen is noted
 * once an hour at most.
 */
import { randomBytes } from 'node:crypto'
import { keepUntil } from '@sotto/policy'
import type { Visitor } from '../http/handle.ts'
import { Problem } from '../problem.ts'
import { agentOf } from './agent.ts'
import { hasSecondStep } from './credential.ts'
import { derivedId } from './derived-id.ts'
import type { AccountParts } from './parts.ts'

const SEEN_EVERY_MS = 3_600_000
/** How long a fresh proof lasts. */
const FRESH_MS = 600_000

/** A session as its person sees it. */
export interface SessionView {
  readonly id: string
  readonly agent: string | null
  readonly started_at: string
  readonly seen_at: string
}

/** The sessions of a studio. */
export interface Sessions {
  /** Begins a session; `proven`: with a second step or password just now. The token is told once. */
  begin(person: string, agent: string | undefined, proven: boolean): Promise<{ token: string; visitor: Visitor }>
  /** Whose session a token is. */
  authenticate(token: string): Promise<Visitor | undefined>
  /** Ends one session of the person. @throws Problem `not_found` */
  end(person: string, session: string): Promise<void>
  /** Ends all but `except` (a changed password puts out whoever else is in). */
  endOthers(person: string, except: string): Promise<void>
  list(person: string): Promise<SessionView[]>
  /** Notes a fresh proof. */
  prove(visitor: Visitor): Promise<void>
  /** @throws Problem `step_up_needed` where the account has a password or second step and the session no fresh proof. */
  requireFresh(visitor: Visitor): Promise<void>
}

/** Keeps the sessions. */
export function sessions(parts: AccountParts): Sessions {
  const { db, gate, keys, now } = parts
  const seen = new Map<string, number>()
  const due = () => keepUntil('session', now())
  const open = (person: string) => gate.open('sign_in', person, { by: 'self', streaming: true })

  async function touch(visitor: Visitor): Promise<void> {
    const at = now()
    const before = seen.get(visitor.session)
    if (before !== undefined && at.getTime() - before < SEEN_EVERY_MS) return
    if (seen.size > 50_000) seen.clear()
    seen.set(visitor.session, at.getTime())
    const mine = await open(visitor.person)
    // Ended in this very moment: then there is nothing to note.
    if (await mine.session.get(visitor.session))
      await mine.session.change(visitor.session, { seen_at: at.toISOString() }, { due_at: due() })
  }

  return {
    async begin(person, agent, proven) {
      const token = randomBytes(32).toString('base64url')
      const id = derivedId(token)
      const at = now().toISOString()
      // Kept so that a person knows their own sessions again; not of somebody who objected to it (C214).
      const allowed = !(await parts.standings.of(person)).objections.includes('security')
      const device = allowed ? agentOf(agent) : undefined
      const mine = await open(person)
      await mine.session.add(
        {
          started_at: at,
          seen_at: at,
          ...(device === undefined ? {} : { agent: device }),
          ...(proven ? { step_up_at: at } : {}),
        },
        { id, due_at: due() },
      )
      seen.set(id, now().getTime())
      return { token, visitor: { person, session: id } }
    },

    async authenticate(token) {
      const session = derivedId(token)
      const row = await db
        .selectFrom('record')
        .select(['person', 'state', 'due_at'])
        .where('id', '=', session)
        .where('kind', '=', 'session')
        .executeTakeFirst()
      if (row?.state !== 'live' || (row.due_at !== null && row.due_at <= now())) return undefined
      // The keyring is what makes a person: a row that outlived it (a crash, a restored backup) is nobody's.
      if (!(await keys.has(row.person))) return undefined
      const visitor = { person: row.person, session }
      await touch(visitor)
      return visitor
    },

    async end(person, session) {
      const mine = await open(person)
      if (!(await mine.session.get(session))) throw new Problem('not_found')
      await mine.session.remove(session)
      seen.delete(session)
    },

    async endOthers(person, except) {
      const mine = await open(person)
      for (const { id } of await mine.session.list()) if (id !== except) await mine.session.remove(id)
    },

    async list(person) {
      const mine = await open(person)
      const rows = await mine.session.list({ state: 'live' })
      return rows
        .filter(({ due_at }) => due_at === null || due_at > now())
        .map(({ id, agent, started_at, seen_at }) => ({ id, agent: agent ?? null, started_at, seen_at }))
    },

    async prove({ person, session }) {
      await (await open(person)).session.change(session, { step_up_at: now().toISOString() })
    },

    async requireFresh({ person, session }) {
      if (!(await hasSecondStep(parts, person))) return
      const row = await (await open(person)).session.get(session)
      const at = row?.step_up_at
      if (at === undefined || now().getTime() - Date.parse(at) > FRESH_MS) throw new Problem('step_up_needed')
    },
  }
}
