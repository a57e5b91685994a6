/**
 * Every version of the policy that people here were told: document, host and notices, whole, one file each, only ever
 * added. The ledger of the house names each by its hash, so that none can be put in another's place later (C1, C248).
 */
import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  contentHash,
  diffPolicies,
  type Locale,
  type Notice,
  type NoticedScopes,
  noticedScopes,
  type Operator,
  type PolicyDiff,
  type PolicyDocument,
  type Severity,
} from '@sotto/policy'
import { syncDirectory } from '../keys/host-key.ts'
import { HOUSE, type Ledger } from '../ledger/ledger.ts'

/** One published version. `number` counts from 1; `hash` is that of all else in it. */
export interface Published {
  readonly number: number
  readonly version: string
  readonly effective: string
  readonly published_at: string
  readonly severity: 'first' | Severity
  /** Published by a person, or by the start of a program whose policy had changed a little. */
  readonly by: 'operator' | 'start'
  readonly document: PolicyDocument
  readonly operator: Operator
  readonly notices: Readonly<Record<Locale, Notice>>
  readonly hash: string
}

/** What is to be published. */
export interface Draft {
  readonly document: PolicyDocument
  readonly operator: Operator
  readonly notices: Readonly<Record<Locale, Notice>>
}

/** A stored version is not what the ledger says was published, or it is missing. */
export class PolicyHistoryBrokenError extends Error {
  override name = 'PolicyHistoryBrokenError'
  readonly code = 'policy_history_broken'
}

/** The policy differs in a major way from what was published, and nobody has published it (C250). */
export class UnpublishedPolicyError extends Error {
  override name = 'UnpublishedPolicyError'
  readonly code = 'policy_unpublished'
}

/** The versions of this studio. */
export class Versions {
  readonly #directory: string
  readonly #ledger: Ledger
  readonly #now: () => Date
  readonly #all: Published[]
  readonly #byNotice = new Map<string, Published>()
  readonly #scopes = new Map<number, NoticedScopes>()

  private constructor(directory: string, ledger: Ledger, now: () => Date, all: Published[]) {
    this.#directory = directory
    this.#ledger = ledger
    this.#now = now
    this.#all = []
    for (const one of all) this.#remember(one)
  }

  /** Reads every version and compares it with the ledger. @throws PolicyHistoryBrokenError */
  static async open(directory: string, ledger: Ledger, now: () => Date): Promise<Versions> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const names = (await readdir(directory)).filter((name) => /^\d+\.json$/.test(name)).sort()
    const all: Published[] = []
    for (const name of names) {
      const one = await readVersion(join(directory, name))
      // The last one may be torn: it was never acknowledged, and is written again.
      if (one) all.push(one)
      else if (name !== names.at(-1)) throw new PolicyHistoryBrokenError(`${name} cannot be read`)
    }
    const told = new Map<number, string>()
    for await (const { content } of ledger.of(HOUSE, 'publication')) told.set(content.number, content.hash)
    for (const [number, hash] of told)
      if (all[number - 1]?.hash !== hash)
        throw new PolicyHistoryBrokenError(`version ${number} of the policy is not what was published`)
    const versions = new Versions(directory, ledger, now, all)
    // A crash came between the file and the ledger: the entry is made now.
    for (const one of all) if (!told.has(one.number)) await versions.#note(one)
    return versions
  }

  /** All versions, oldest first. */
  get all(): readonly Published[] {
    return this.#all
  }

  get last(): Published | undefined {
    return this.#all.at(-1)
  }

  /** The version whose notice, in any language, has this hash. */
  ofNotice(hash: string): Published | undefined {
    return this.#byNotice.get(hash)
  }

  /** What somebody who has read this version was told of; `undefined` for the present one, which hides nothing. */
  told(version: Published | undefined): NoticedScopes | undefined {
    if (version === undefined || version.number === this.last?.number) return undefined
    let scopes = this.#scopes.get(version.number)
    if (scopes === undefined) {
      scopes = noticedScopes(version.document)
      this.#scopes.set(version.number, scopes)
    }
    return scopes
  }

  /** What would change if this were published now; `undefined` where it is published already. */
  difference(draft: Draft, at_least?: Severity): (PolicyDiff & { readonly first: boolean }) | undefined {
    const before = this.last
    if (before === undefined) return { ...diffPolicies(draft.document, draft.document), first: true }
    if (sameNotices(before, draft)) return undefined
    const diff = diffPolicies(before.document, draft.document, {
      operators: [before.operator, draft.operator],
      // The texts differ, whatever else does: that is a change that people are told of.
      at_least: at_least ?? 'minor',
    })
    return { ...diff, first: false }
  }

  /**
   * Publishes a version; durable, file and ledger entry, when it answers. Answers the present one where nothing differs.
   * `at_least` may make a change graver than it is, never less grave (C256).
   */
  async publish(draft: Draft, by: Published['by'], at_least?: Severity): Promise<Published> {
    const diff = this.difference(draft, at_least)
    if (diff === undefined) return this.last as Published
    const body = {
      number: this.#all.length + 1,
      version: draft.document.version,
      effective: draft.document.effective,
      published_at: this.#now().toISOString(),
      severity: diff.first ? ('first' as const) : (diff.severity as Severity),
      by,
      document: draft.document,
      operator: draft.operator,
      notices: draft.notices,
    }
    const plain = JSON.parse(JSON.stringify(body)) as typeof body
    const one: Published = { ...plain, hash: await contentHash(plain) }
    await writeVersion(this.#directory, one)
    await this.#note(one)
    this.#remember(one)
    return one
  }

  /**
   * What a start does: the first version and small changes are published by themselves; a major one too on a machine of
   * one's own, where host and person are one. Where others come, a person must have published it. @throws UnpublishedPolicyError
   */
  async adopt(draft: Draft, own: boolean): Promise<Published> {
    const diff = this.difference(draft)
    if (diff?.severity === 'major' && !own)
      throw new UnpublishedPolicyError(
        `the policy differs in a major way from what was published last (${diff.changes.length} changes): read them with \`sotto policy publish --dry-run\`, then run \`sotto policy publish\``,
      )
    return this.publish(draft, 'start')
  }

  async #note({ number, version, hash, severity }: Published): Promise<void> {
    await this.#ledger.append(HOUSE, 'publication', { number, version, hash, severity })
  }

  #remember(one: Published): void {
    this.#all.push(one)
    for (const { hash } of Object.values(one.notices)) this.#byNotice.set(hash, one)
  }
}

function sameNotices(before: Published, draft: Draft): boolean {
  const locales = Object.keys(draft.notices) as Locale[]
  return (
    locales.every((locale) => before.notices[locale]?.hash === draft.notices[locale].hash) &&
    diffPolicies(before.document, draft.document, { operators: [before.operator, draft.operator] }).severity === 'none'
  )
}

/** A version as it was written; `undefined` where it is torn or not what its own hash says. */
async function readVersion(file: string): Promise<Published | undefined> {
  try {
    const { hash, ...body } = JSON.parse(await readFile(file, 'utf8')) as Published
    return (await contentHash(body)) === hash ? { ...body, hash } : undefined
  } catch {
    return undefined
  }
}

async function writeVersion(directory: string, one: Published): Promise<void> {
  // Whatever stands in its place was torn, or `open` would have counted it.
  const handle = await open(join(directory, `${String(one.number).padStart(4, '0')}.json`), 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(one)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncDirectory(directory)
}
