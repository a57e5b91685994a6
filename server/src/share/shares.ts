/**
 * Links (C13, C59, C60, C203-C206): the person lets whoever has the link see one item, words or sound or both. Only the hash
 * of the link's secret leads to it. Ended, expired, withdrawn, frozen, erased and never made are answered alike: gone.
 */
import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Transcript } from '@sotto/media/words'
import { addDuration, type SharedPart } from '@sotto/policy'
import { findPhoneNumbersInText } from 'libphonenumber-js/max'
import { derivedId } from '../account/derived-id.ts'
import { hashPassword, passwordFits } from '../account/password.ts'
import type { Gate, Grant } from '../gate/gate.ts'
import { Refusal } from '../gate/refusal.ts'
import { editedWords } from '../items/words.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Db } from '../vault/record.ts'

/** What links need. */
export interface ShareParts {
  readonly db: Db
  readonly gate: Gate
  readonly ledger: Ledger
  /** Signs passes. */
  readonly signing: KeyObject
  readonly now: () => Date
}

/** What a warning names. */
export type Content = 'voice' | 'face' | 'title' | 'names' | 'numbers'

/** What a link would show of people, for each part of it. */
export interface Warning {
  readonly words: readonly Content[]
  readonly sound: readonly Content[]
}

/** How a link is made. */
export interface ShareOptions {
  readonly what: readonly SharedPart[]
  readonly mode: 'view' | 'download'
  /** ISO 8601 duration. */
  readonly expires: string
  readonly password?: string | undefined
  readonly warned: readonly Content[]
}

/** A link as its person sees it. */
export interface Share {
  readonly id: string
  readonly item: string
  readonly token: string
  readonly what: readonly SharedPart[]
  readonly mode: 'view' | 'download'
  readonly password: boolean
  readonly made_at: Date
  readonly expires_at: Date | null
}

/** Nothing is behind the link, or nothing any more. */
export class ShareGoneError extends Error {
  override name = 'ShareGoneError'
  readonly code = 'share_gone'
}

/** The link has a password, and this is not it. */
export class SharePasswordError extends Error {
  override name = 'SharePasswordError'
  readonly code = 'share_password'
}

/** The link would show what its maker was not warned of. */
export class UnwarnedError extends Error {
  override name = 'UnwarnedError'
  readonly code = 'share_unwarned'
}

/** An open link. */
export interface Opened {
  readonly id: string
  readonly person: string
  readonly item: string
  readonly what: readonly SharedPart[]
  readonly mode: 'view' | 'download'
  readonly expires_at: Date | null
  readonly password_hash: string | undefined
  readonly grant: Grant<'share'>
}

/** How long a pass opens the sound after the link was opened. */
const PASS_MS = 6 * 3_600_000

/** What a link to an item would show of people (C59). @throws KeyGoneError where there is no such item */
export async function warningOf(gate: Gate, person: string, item: string): Promise<Warning> {
  const mine = await gate.open('keep_media', person, { by: 'self', item })
  const found = await mine.item.get(item)
  if (!found) throw new KeyGoneError('there is no such item')
  const streams = found.info?.streams ?? []
  const sound: Content[] = ['title']
  if (streams.some(({ type }) => type === 'audio')) sound.push('voice')
  if (streams.some(({ type }) => type === 'video')) sound.push('face')
  const words = await editedWords(mine, item)
  return { words: words ? ['title', 'names', ...(hasNumbers(words) ? (['numbers'] as const) : [])] : [], sound }
}

function hasNumbers({ segments }: Transcript): boolean {
  const text = segments.map((segment) => segment.text).join('\n')
  return findPhoneNumbersInText(text, 'CN').length > 0
}

/** Makes a link. @throws Refusal, UnwarnedError, KeyGoneError */
export async function makeShare(
  parts: ShareParts,
  person: string,
  item: string,
  options: ShareOptions,
): Promise<Share> {
  const { what, mode, expires, password, warned } = options
  const warning = await warningOf(parts.gate, person, item)
  await parts.gate.ask('share', person, 'job')
  const shown = what.flatMap((part) => warning[part])
  if (what.includes('words') && warning.words.length === 0) throw new KeyGoneError('there are no words')
  if (!shown.every((content) => warned.includes(content)))
    throw new UnwarnedError('the maker was not told of all that it shows')
  const token = randomBytes(24).toString('base64url')
  const id = derivedId(token)
  const made_at = parts.now()
  const expires_at = addDuration(made_at, expires)
  const mine = await parts.gate.open('share', person, { by: 'self', item })
  await mine.share.add(
    {
      token,
      what: [...what],
      mode,
      warned: [...new Set(shown)],
      attested_at: made_at.toISOString(),
      ...(password === undefined ? {} : { password_hash: await hashPassword(password) }),
    },
    { id, item, due_at: expires_at },
  )
  return { id, item, token, what, mode, password: password !== undefined, made_at, expires_at }
}

/** The links of a person that still lead somewhere, newest first. Seen by their own right: also where sharing is off. */
export async function sharesOf(parts: ShareParts, person: string): Promise<Share[]> {
  const mine = await parts.gate.open('own_rights', person, { by: 'self' })
  const now = parts.now()
  return (await mine.share.list())
    .filter(({ due_at }) => due_at === null || due_at > now)
    .map(({ id, item, token, what, mode, password_hash, created_at, due_at }) => ({
      id,
      item: item ?? '',
      token,
      what: [...what],
      mode,
      password: password_hash !== undefined,
      made_at: created_at,
      expires_at: due_at,
    }))
}

/** Ends a link. From the answer on it leads nowhere (C204). @throws KeyGoneError where it is not the person's */
export async function endShare(parts: ShareParts, person: string, id: string): Promise<void> {
  const mine = await parts.gate.open('own_rights', person, { by: 'self' })
  if (!(await mine.share.get(id))) throw new KeyGoneError('there is no such link')
  await mine.share.remove(id)
}

/** When links were opened, newest first; of one of them, or of all. */
export async function fetchesOf({ ledger }: Pick<ShareParts, 'ledger'>, person: string, id?: string) {
  const fetches = []
  for await (const { at, content } of ledger.of(person, 'fetch'))
    if (id === undefined || content.share === id) fetches.push({ at, ...content })
  return fetches
}

/** What a link leads to, if it still does; nothing is opened for the visitor yet. @throws ShareGoneError */
export async function findShare(parts: ShareParts, token: string): Promise<Opened> {
  const id = derivedId(token)
  const row = await parts.db
    .selectFrom('record')
    .select(['person', 'item', 'due_at'])
    .where('id', '=', id)
    .where('kind', '=', 'share')
    .executeTakeFirst()
  if (!row?.item || (row.due_at !== null && row.due_at <= parts.now())) throw new ShareGoneError('gone')
  const { person, item } = row
  try {
    const grant = await parts.gate.open('share', person, { by: 'job', item, streaming: true })
    const share = await grant.share.get(id)
    if (!share) throw new ShareGoneError('gone')
    const { what, mode, password_hash } = share
    return { id, person, item, what: [...what], mode, expires_at: row.due_at, password_hash, grant }
  } catch (error) {
    // Withdrawn, frozen, objected, erased: whoever has the link learns of none of it.
    if (error instanceof Refusal || error instanceof KeyGoneError) throw new ShareGoneError('gone')
    throw error
  }
}

/** Opens a link for a visitor: the opening is in its owner's ledger before anything leaves. Answers a pass for the sound. */
export async function openShare(
  parts: ShareParts,
  opened: Opened,
  given: { password?: string | undefined; agent?: string | undefined },
): Promise<string> {
  if (opened.password_hash !== undefined && !(await passwordFits(given.password ?? '', opened.password_hash)))
    throw new SharePasswordError('wrong')
  await opened.grant.check()
  await parts.ledger.append(opened.person, 'fetch', {
    share: opened.id,
    item: opened.item,
    what: [...opened.what],
    mode: opened.mode,
    ...(given.agent === undefined ? {} : { agent: given.agent }),
  })
  return passOf(parts, opened.id, parts.now().getTime() + PASS_MS)
}

function passOf({ signing }: Pick<ShareParts, 'signing'>, id: string, until: number): string {
  const mac = createHmac('sha256', signing).update(`share pass ${id} ${until}`).digest('base64url')
  return `${until}.${mac}`
}

/** Whether a pass opens a link now. */
export function passFits(parts: Pick<ShareParts, 'signing' | 'now'>, id: string, pass: string): boolean {
  const until = Number(pass.split('.', 1)[0])
  if (!Number.isSafeInteger(until) || until < parts.now().getTime()) return false
  const [expected, given] = [Buffer.from(passOf(parts, id, until)), Buffer.from(pass)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
