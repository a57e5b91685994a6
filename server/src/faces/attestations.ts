/**
 * Words given for material of one's own (C60): that the people shown are adults and agreed. Kept: who gave it, when, in
 * which words; nothing of the picture or of a face. Its code stands in the labels of what is made, so that a person shown
 * can object: from then on the material is not used here, and its owner is told.
 */
import { randomUUID } from 'node:crypto'
import { derivedId } from '../account/derived-id.ts'
import type { Gate } from '../gate/gate.ts'
import { Refusal } from '../gate/refusal.ts'
import { Problem } from '../problem.ts'
import type { Db } from '../vault/record.ts'

/** The words, by version. A version that was given once is never changed: records point at it. */
export const attestationTexts = {
  '1': {
    en: 'The people shown in my own picture or clip are adults and agreed to this.',
    'zh-CN': '我自己的图片或短片中的人均为成年人，并已同意。',
  },
} as const

/** A version of the words. */
export type AttestationVersion = keyof typeof attestationTexts

/** A word given. */
export interface Attestation {
  readonly id: string
  /** Stands in the labels; whoever has it can object. */
  readonly code: string
  readonly version: string
  readonly text: string
  readonly attested_at: string
  readonly objected_at: string | null
}

interface Parts {
  readonly db: Db
  readonly gate: Gate
  readonly now: () => Date
}

/** Keeps somebody's word. @throws Refusal where faces were not agreed to */
export async function attest(
  { gate, now }: Omit<Parts, 'db'>,
  person: string,
  version: AttestationVersion,
  locale: 'en' | 'zh-CN',
): Promise<Attestation> {
  await gate.ask('face_effect', person)
  const code = randomUUID()
  const id = derivedId(code)
  const text = attestationTexts[version][locale]
  const attested_at = now().toISOString()
  const mine = await gate.open('prove', person, { by: 'self' })
  await mine.attestation.add({ code, text_version: version, locale, text, attested_at }, { id })
  return { id, code, version, text, attested_at, objected_at: null }
}

/** The words somebody gave, newest first. */
export async function attestationsOf({ gate }: Pick<Parts, 'gate'>, person: string): Promise<Attestation[]> {
  const mine = await gate.open('own_rights', person, { by: 'self' })
  return (await mine.attestation.list())
    .map(({ id, code, text_version, text, attested_at, objected_at }) => ({
      id,
      code,
      version: text_version,
      text,
      attested_at,
      objected_at: objected_at ?? null,
    }))
    .sort((a, b) => (a.attested_at < b.attested_at ? 1 : -1))
}

/** Whether material may (still) be used. @throws Problem `not_found`, `attestation_objected` */
export async function mayUse({ gate }: Pick<Parts, 'gate'>, person: string, id: string): Promise<void> {
  const mine = await gate.open('prove', person, { by: 'self' })
  const found = await mine.attestation.get(id)
  if (!found) throw new Problem('not_found')
  await gate.ask('face_effect', person)
  if (found.objected_at !== undefined) throw new Problem('attestation_objected')
}

/**
 * A person shown objects, by the code in the label; who they are is not asked. When this is answered the material is not
 * used here any more. Again changes nothing. @throws Problem `not_found` where nothing (any more) is behind the code
 */
export async function objectTo({ db, gate, now }: Parts, code: string): Promise<void> {
  const id = derivedId(code)
  const row = await db
    .selectFrom('record')
    .select('person')
    .where('id', '=', id)
    .where('kind', '=', 'attestation')
    .executeTakeFirst()
  if (!row) throw new Problem('not_found')
  try {
    const theirs = await gate.open('prove', row.person, { by: 'job' })
    const found = await theirs.attestation.get(id)
    if (!found) throw new Problem('not_found')
    if (found.objected_at === undefined) await theirs.attestation.change(id, { objected_at: now().toISOString() })
  } catch (error) {
    if (error instanceof Refusal) throw new Problem('not_found')
    throw error
  }
}
