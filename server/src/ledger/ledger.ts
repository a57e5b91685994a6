/**
 * The ledger: who agreed to what, who opened what for which purpose, what was sent to whom, what was erased. Entries are
 * sealed to their person and only ever appended; a leaf of the tree is the hash of the ciphertext, so a person can be
 * forgotten (their key destroyed) and every head ever signed stays true.
 */
import type { KeyObject } from 'node:crypto'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LedgerKindId, type Payload, recordFault } from '@sotto/policy'
import { type HostKeys, syncDirectory } from '../keys/host-key.ts'
import { idBytes, idText, KeyGoneError, type KeyStore } from '../keys/keyring.ts'
import { openBytes, sealBytes } from '../vault/seal.ts'
import { UndeclaredError } from '../vault/undeclared.ts'
import { type Head, signHead, verifierKey, verifyHead } from './checkpoint.ts'
import { frameBytes, type Place, parseFrame, readSegments, SegmentReader, SegmentWriter } from './segment.ts'
import { leafHash, Tree } from './tree.ts'

/** The ledger on the disk is shorter than, or different from, a head that was signed. */
export class LedgerBrokenError extends Error {
  override name = 'LedgerBrokenError'
  readonly code = 'ledger_broken'
}

/** How often a head is signed and kept while the ledger grows: what was cut off before it is noticed at the next start. */
const SIGN_MS = 10_000

/** Entries of no person: erasures, as they must be known after the person is not. */
export const HOUSE = '00000000-0000-0000-0000-000000000000'

/** The kinds in the order of their numbers in the files: an existing one is never given to another kind. */
export const LEDGER_KINDS: readonly LedgerKindId[] = [
  'notice_shown',
  'consent',
  'opening',
  'erasure',
  'sharing',
  'publication',
  'right',
  'fetch',
  'wind_down',
]

/** An entry, opened. */
export type Entry<K extends LedgerKindId = LedgerKindId> = {
  readonly [L in K]: { readonly index: number; readonly at: Date; readonly kind: L; readonly content: Payload<L> }
}[K]

/** The ledger of this studio, open. */
export class Ledger implements AsyncDisposable {
  readonly directory: string
  readonly #keys: KeyStore
  readonly #host: HostKeys
  readonly #tree: Tree
  readonly #places: Place[]
  readonly #byPerson: ByPerson
  readonly #writer: SegmentWriter
  readonly #reader: SegmentReader
  readonly #now: () => Date
  #signedSize = -1
  #keeping: Promise<void> = Promise.resolve()
  #signing: NodeJS.Timeout | undefined

  private constructor(parts: {
    directory: string
    keys: KeyStore
    host: HostKeys
    tree: Tree
    places: Place[]
    byPerson: ByPerson
    writer: SegmentWriter
    now: () => Date
  }) {
    this.directory = parts.directory
    this.#keys = parts.keys
    this.#host = parts.host
    this.#tree = parts.tree
    this.#places = parts.places
    this.#byPerson = parts.byPerson
    this.#writer = parts.writer
    this.#reader = new SegmentReader(parts.directory)
    this.#now = parts.now
  }

  /** Reads the ledger, checks it against the last signed head and cuts off a torn end. @throws LedgerBrokenError */
  static async open(directory: string, keys: KeyStore, host: HostKeys, now: () => Date): Promise<Ledger> {
    const tree = new Tree()
    const places: Place[] = []
    const byPerson: ByPerson = new Map()
    for await (const { place, bytes } of readSegments(directory)) {
      remember(byPerson, idText(bytes.subarray(0, 16)), bytes[24] as number, places.length)
      tree.push(leafHash(bytes))
      places.push(place)
    }
    await checkHead(directory, tree, host.verifying)
    const writer = await SegmentWriter.open(directory, places.at(-1))
    await writeFile(join(directory, 'verifier-key'), `${verifierKey(host.verifying)}\n`)
    const ledger = new Ledger({ directory, keys, host, tree, places, byPerson, writer, now })
    ledger.#signing = setInterval(() => void ledger.signedHead().catch(() => undefined), SIGN_MS).unref()
    return ledger
  }

  /** Appends an entry about a person (or HOUSE), sealed to them; resolves when it is durable. */
  async append<K extends LedgerKindId>(person: string, kind: K, content: Payload<K>): Promise<number> {
    const fault = recordFault(kind, content)
    if (fault) throw new UndeclaredError(fault)
    const key = await this.#key(person)
    const id = idBytes(person)
    const sealed = sealBytes(key, Buffer.from(JSON.stringify(content)), id)
    const bytes = frameBytes({ person: id, time: this.#now().getTime(), kind: LEDGER_KINDS.indexOf(kind), sealed })
    const place = await this.#writer.append(bytes)
    // The writer answers in the order of the file, so this is the order of the tree.
    const index = this.#places.length
    this.#places.push(place)
    this.#tree.push(leafHash(bytes))
    remember(this.#byPerson, person, LEDGER_KINDS.indexOf(kind), index)
    return index
  }

  /** A person's entries of one kind in `[from, before)`, newest first, opened with their key; none where the person is erased. */
  async *of<K extends LedgerKindId>(
    person: string,
    kind: K,
    before = Number.POSITIVE_INFINITY,
    from = 0,
  ): AsyncGenerator<Entry<K>> {
    const indices = this.#byPerson.get(person)?.get(LEDGER_KINDS.indexOf(kind)) ?? []
    let key: KeyObject
    try {
      key = await this.#key(person)
    } catch (error) {
      if (error instanceof KeyGoneError) return
      throw error
    }
    for (let i = firstFrom(indices, before) - 1; i >= 0; i--) {
      const index = indices[i] as number
      if (index < from) return
      const { time, sealed } = parseFrame(await this.#reader.read(this.#places[index] as Place))
      const content = JSON.parse(openBytes(key, sealed, idBytes(person)).toString()) as Payload<K>
      yield { index, at: new Date(time), kind, content } as Entry<K>
    }
  }

  /** How many entries there are of a person, readable or not. */
  count(person: string): number {
    let count = 0
    for (const indices of this.#byPerson.get(person)?.values() ?? []) count += indices.length
    return count
  }

  get head(): Head {
    return { size: this.#tree.size, root: this.#tree.root() }
  }

  /** The present head, signed; kept beside the ledger so that a cut ledger is noticed at the next start. */
  async signedHead(): Promise<string> {
    const { head } = this
    const signed = signHead(head, this.#host)
    if (head.size > this.#signedSize) {
      // One after another: two writers of one file would take each other's draft away.
      const before = this.#keeping
      this.#keeping = (async () => {
        await before.catch(() => undefined)
        if (head.size <= this.#signedSize) return
        await replaceFile(join(this.directory, 'checkpoint'), signed)
        this.#signedSize = head.size
      })()
      await this.#keeping
    }
    return signed
  }

  consistency(from: number, to: number): Buffer[] {
    return this.#tree.consistency(from, to)
  }

  inclusion(index: number): Buffer[] {
    return this.#tree.inclusion(index)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#signing)
    // A full disk keeps no new head; the entries are all there, and the next start signs.
    await this.signedHead().catch(() => undefined)
    await this.#writer[Symbol.asyncDispose]()
    await this.#reader[Symbol.asyncDispose]()
  }

  #key(person: string): Promise<KeyObject> | KeyObject {
    return person === HOUSE ? this.#host.house : this.#keys.key(person, person)
  }
}

type ByPerson = Map<string, Map<number, number[]>>

/** Where in a growing row of numbers the first one stands that is not below `least`. */
function firstFrom(row: readonly number[], least: number): number {
  let [low, high] = [0, row.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((row[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

function remember(byPerson: ByPerson, person: string, kind: number, index: number): void {
  let kinds = byPerson.get(person)
  if (!kinds) {
    kinds = new Map()
    byPerson.set(person, kinds)
  }
  const list = kinds.get(kind)
  if (list) list.push(index)
  else kinds.set(kind, [index])
}

async function checkHead(directory: string, tree: Tree, verifying: KeyObject): Promise<void> {
  const signed = await readFile(join(directory, 'checkpoint'), 'utf8').catch(() => undefined)
  if (signed === undefined) return
  const head = verifyHead(signed, verifying)
  if (!head) throw new LedgerBrokenError('the signed head of the ledger is not ours')
  if (head.size > tree.size)
    throw new LedgerBrokenError(`the ledger was cut: ${tree.size} of ${head.size} entries are left`)
  if (!tree.root(head.size).equals(head.root)) throw new LedgerBrokenError('the ledger was changed')
}

/** Replaces a small file so that after a crash it is the old or the new one, whole. */
async function replaceFile(file: string, content: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  await syncDirectory(join(file, '..'))
}
