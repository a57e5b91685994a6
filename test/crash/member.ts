/**
 * Somebody who uses a studio that is killed again and again, and who remembers exactly what was acknowledged to them. One
 * thing at a time: whatever was under way when the server died may have happened or not; everything before it must have.
 */
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { Chance } from './chance.ts'
import { CutOffError, Person } from './person.ts'
import { wav } from './sound.ts'

interface Item {
  name: string
  /** Of the original; unknown for what a job made. */
  digest: string | undefined
  revision: number
  words: string
}
interface Upload {
  readonly bytes: Buffer
  readonly name: string
  acknowledged: number
}
type Pending =
  | { what: 'rename'; id: string; name: string }
  | { what: 'edit'; id: string; revision: number; words: string }
  | { what: 'erase'; id: string }
  | { what: 'switch'; setting: string; on: boolean }
  | { what: 'bind' }
  | { what: 'leave' }
  | { what: 'merge'; guest: Person; brought: Map<string, Item> }
  | { what: 'other' }

/** What somebody plants wherever they can. */
export interface Marks {
  readonly word: string
  readonly sound: Buffer
}

/** Codes a number is sent in a while (`CODES_PER_NUMBER`); one is left for what has to be looked at. */
const CODES = 2
const ENDED = new Set(['done', 'failed', 'cancelled', 'refused'])
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

export class Member {
  person: Person
  /** What to do next, rather than what chance says, and who is told when it begins. */
  wish: { what: Pending['what']; began: () => void } | undefined
  /** How much was done and answered, in all lives. */
  acknowledged = 0
  readonly #chance: Chance
  readonly #marks: Marks
  readonly #number: string
  #items = new Map<string, Item>()
  #uploads = new Map<string, Upload>()
  #jobs = new Set<string>()
  #switches = new Map<string, boolean>()
  #receipts = 0
  /** The number leads here. */
  #bound = false
  /** Codes asked for in this life of the server. */
  #codes = 0
  #erased = new Set<string>()
  /** Cookies and things of whom this member was before they erased everything. */
  readonly #former: { cookie: string; items: string[] }[] = []
  #pending: Pending | undefined
  #count = 0

  constructor(chance: Chance, marks: Marks, number: string) {
    this.#chance = chance
    this.#marks = marks
    this.#number = number
    this.person = new Person('')
  }

  /** Something was asked for and not answered. */
  get underWay(): boolean {
    return this.#pending !== undefined
  }

  /** Uses the studio until it is cut off. */
  async use(address: string): Promise<void> {
    this.person.address = address
    try {
      for (;;) await this.#something()
    } catch (error) {
      if (!(error instanceof CutOffError)) throw error
    }
  }

  async #something(): Promise<void> {
    if (!this.person.cookie) return this.#attempt({ what: 'other' }, () => this.person.begin())
    if (!this.#bound && this.#codes < CODES) return this.#bind()
    if (this.wish?.what === 'merge' && this.#mayMerge()) return this.#merge()
    if (this.wish?.what === 'leave') return this.#leave()
    if (this.wish?.what === 'erase' && this.#items.size > 0) return this.#erase()
    if (this.wish?.what === 'edit' && this.#items.size > 0) return this.#edit()
    const ways: [number, () => Promise<void>][] = [
      [6, () => this.#upload()],
      [8, () => this.#goOn()],
      [6, () => this.#rename()],
      [6, () => this.#edit()],
      [4, () => this.#switch()],
      [3, () => this.#job()],
      [3, () => this.#erase()],
      [this.#mayMerge() ? 1 : 0, () => this.#merge()],
      [0.4, () => this.#leave()],
    ]
    const all = ways.reduce((sum, [weight]) => sum + weight, 0)
    let at = this.#chance.next() * all
    for (const [weight, way] of ways) {
      at -= weight
      if (at < 0) return way()
    }
  }

  /** Does something and forgets that it was pending once it was acknowledged. */
  async #attempt<T>(pending: Pending, work: () => Promise<T>): Promise<T> {
    this.#pending = pending
    if (this.wish?.what === pending.what) {
      this.wish.began()
      this.wish = undefined
    }
    const done = await work()
    this.#pending = undefined
    this.acknowledged++
    return done
  }

  #word(what: string): string {
    return `${this.#marks.word} ${what} ${this.#count++}`
  }

  async #bind(): Promise<void> {
    await this.#attempt({ what: 'bind' }, () => this.#enter(this.person))
    this.#bound = true
  }

  #mayMerge(): boolean {
    return this.#bound && this.#codes < CODES
  }

  async #enter(person: Person): Promise<void> {
    this.#codes++
    const { status, body } = await person.signIn(this.#number)
    if (status !== 200) throw new Error(`signing in: ${status} ${JSON.stringify(body)}`)
  }

  async #upload(): Promise<void> {
    if (this.#uploads.size > 2 || this.#items.size > 12) return this.#goOn()
    const name = this.#word('name')
    const bytes = wav(this.#marks.sound, this.#chance.whole(1, 5) * 65_536 + this.#chance.whole(0, 30_000) * 2)
    const { status, upload } = await this.#attempt({ what: 'other' }, () =>
      this.person.beginUpload(bytes.length, { name, type: 'audio/wav' }),
    )
    expect(status).toBe(201)
    this.#uploads.set(upload, { bytes, name, acknowledged: 0 })
  }

  async #goOn(): Promise<void> {
    const [id, upload] = this.#chance.of(this.#uploads) ?? []
    if (!id || !upload) return
    const { acknowledged, bytes } = upload
    const piece = bytes.subarray(acknowledged, acknowledged + this.#chance.whole(60_000, 260_000))
    const { status, offset } = await this.#attempt({ what: 'other' }, () =>
      this.person.sendPiece(id, acknowledged, piece),
    )
    expect(status).toBe(204)
    upload.acknowledged = offset
    if (offset === bytes.length) await this.#arrived(id, upload)
  }

  async #arrived(id: string, upload: Upload): Promise<void> {
    const { item } = await this.person.offsetOf(id)
    this.#uploads.delete(id)
    this.#items.set(item, { name: upload.name, digest: digestOf(upload.bytes), revision: 0, words: '' })
  }

  async #rename(): Promise<void> {
    const [id, item] = this.#chance.of(this.#items) ?? []
    if (!id || !item) return
    const name = this.#word('renamed')
    await this.#attempt({ what: 'rename', id, name }, () =>
      this.person.done('PATCH /api/items/:id', { params: { id }, body: { name } }),
    )
    item.name = name
  }

  async #edit(): Promise<void> {
    const [id, item] = this.#chance.of(this.#items) ?? []
    if (!id || !item) return
    const words = this.#word('said')
    const body = { revision: item.revision, segments: [{ start: 0, end: 1, text: words, words: [] }], cuts: [] }
    const { revision } = await this.#attempt({ what: 'edit', id, revision: item.revision + 1, words }, () =>
      this.person.done('PUT /api/items/:id/edit', { params: { id }, body }),
    )
    item.revision = revision
    item.words = words
  }

  async #switch(): Promise<void> {
    const all: { setting: string }[] = await this.person.done('GET /api/consents')
    const setting = this.#chance.of(all)?.setting ?? ''
    const on = this.#chance.next() < 0.6
    const { purposes } = await this.#attempt({ what: 'switch', setting, on }, async () =>
      this.person.done('PUT /api/consents/:setting', {
        params: { setting },
        body: { on, notice: await this.person.notice() },
      }),
    )
    this.#switches.set(setting, on)
    this.#receipts += purposes.length
  }

  async #job(): Promise<void> {
    const id = this.#chance.of(this.#items.keys())
    if (!id) return
    const job = this.#chance.of([
      { operation: 'convert', format: 'wav' },
      { operation: 'convert', format: 'flac' },
      { operation: 'clip', from: 0, to: 1, reencode: true, name: this.#word('clipped') },
    ])
    const { status, body } = await this.#attempt({ what: 'other' }, () =>
      this.person.call('POST /api/items/:id/jobs', { params: { id }, body: job }),
    )
    // Not ready, or refused: both are answers.
    if (status === 200) this.#jobs.add(body.id)
    else expect([403, 409, 429]).toContain(status)
  }

  async #erase(): Promise<void> {
    const id = this.#chance.of(this.#items.keys())
    if (!id) return
    await this.#attempt({ what: 'erase', id }, () => this.person.done('DELETE /api/items/:id', { params: { id } }))
    this.#items.delete(id)
    this.#erased.add(id)
  }

  async #leave(): Promise<void> {
    const cookie = this.person.cookie
    await this.#attempt({ what: 'leave' }, () =>
      this.person.done('POST /api/privacy/erase', { body: { confirm: 'erase everything' } }),
    )
    this.#goneAs(cookie)
  }

  #goneAs(cookie: string): void {
    this.#former.push({ cookie, items: [...this.#items.keys(), ...this.#erased] })
    this.#items = new Map()
    this.#uploads = new Map()
    this.#jobs = new Set()
    this.#switches = new Map()
    this.#receipts = 0
    this.#bound = false
    this.#erased = new Set()
    this.person = new Person(this.person.address)
  }

  /** On another device a guest is begun, makes something, and finds out that they have an account. */
  async #merge(): Promise<void> {
    const guest = new Person(this.person.address)
    const brought = new Map<string, Item>()
    await this.#attempt({ what: 'other' }, async () => {
      await guest.begin()
      for (let i = 0; i < 2; i++) {
        const name = this.#word('brought')
        const bytes = wav(this.#marks.sound, 40_000 + 2 * i)
        brought.set(await guest.upload(bytes, { name, type: 'audio/wav' }), {
          name,
          digest: digestOf(bytes),
          revision: 0,
          words: '',
        })
      }
    })
    await this.#attempt({ what: 'merge', guest, brought }, () => this.#enter(guest))
    for (const [id, item] of brought) this.#items.set(id, item)
  }

  /** Looks whether everything acknowledged is there, and takes what was pending as it turned out. */
  async check(address: string, whole: boolean): Promise<void> {
    this.person.address = address
    this.#codes = 0
    const pending = this.#pending
    this.#pending = undefined
    if (this.person.cookie) await this.#checkOwn(pending, whole)
    for (const { cookie, items } of this.#former) await this.#isGone(cookie, items)
  }

  async #checkOwn(pending: Pending | undefined, whole: boolean): Promise<void> {
    const { status, body } = await this.person.call('GET /api/me')
    if (status === 401 && pending?.what === 'leave') return this.#goneAs(this.person.cookie)
    if (pending?.what === 'bind') {
      // The old session had ended and the new one was not told: then the number leads back.
      if (status === 401) {
        this.person.cookie = ''
        await this.#enter(this.person)
      }
      this.#bound = status === 401 || !body.guest
    } else expect([status, body.guest]).toEqual([200, !this.#bound])
    if (pending?.what === 'merge') await this.#checkMerge(pending.guest, pending.brought)
    await this.#checkUploads()
    await this.#checkItems(pending, whole)
    for (const id of this.#erased)
      for (const route of ['GET /api/items/:id', 'GET /api/items/:id/media'] as const)
        expect((await this.person.call(route, { params: { id } })).status).toBe(404)
    for (const { setting, on } of await this.person.done('GET /api/consents')) {
      if (pending?.what === 'switch' && pending.setting === setting) this.#switches.set(setting, on)
      expect([setting, on]).toEqual([setting, this.#switches.get(setting) ?? on])
    }
    const receipts = await this.person.done('GET /api/consents/receipts')
    expect(receipts.length).toBeGreaterThanOrEqual(this.#receipts)
    this.#receipts = receipts.length
  }

  async #checkUploads(): Promise<void> {
    for (const [id, upload] of this.#uploads) {
      const { status, offset } = await this.person.offsetOf(id)
      expect(status).toBe(200)
      expect(offset).toBeGreaterThanOrEqual(upload.acknowledged)
      upload.acknowledged = offset
      if (offset === upload.bytes.length) await this.#arrived(id, upload)
    }
  }

  async #checkItems(pending: Pending | undefined, whole: boolean): Promise<void> {
    const found: { id: string; name: string }[] = await this.person.done('GET /api/items')
    const byId = new Map(found.map((item) => [item.id, item]))
    if (pending?.what === 'erase' && !byId.has(pending.id)) {
      this.#items.delete(pending.id)
      this.#erased.add(pending.id)
    }
    for (const [id, item] of this.#items) {
      const name = byId.get(id)?.name
      if (pending?.what === 'rename' && pending.id === id && name === pending.name) item.name = name
      expect([id, name]).toEqual([id, item.name])
      const edit = await this.person.done('GET /api/items/:id/edit', { params: { id } })
      if (pending?.what === 'edit' && pending.id === id && edit.revision === pending.revision) {
        item.revision = pending.revision
        item.words = pending.words
      }
      expect([edit.revision, edit.segments?.[0]?.text ?? '']).toEqual([item.revision, item.words])
      if (!whole && this.#chance.next() < 0.6) continue
      const { bytes } = await this.person.call('GET /api/items/:id/media', { params: { id } })
      if (item.digest) expect(digestOf(bytes)).toBe(item.digest)
      else item.digest = digestOf(bytes)
    }
    // What jobs made, or what arrived with the last breath.
    for (const { id, name } of found) {
      expect(this.#erased.has(id)).toBe(false)
      if (!this.#items.has(id)) this.#items.set(id, { name, digest: undefined, revision: 0, words: '' })
    }
  }

  /** In whatever moment it was cut off: nothing of either is lost, and asking again ends it. */
  async #checkMerge(guest: Person, brought: Map<string, Item>): Promise<void> {
    guest.address = this.person.address
    const { status } = await guest.call('GET /api/me')
    const left = status === 200 ? await guest.done('GET /api/items') : []
    const moved = await this.person.done('GET /api/items')
    const seen = new Set([...left, ...moved].map(({ id }: { id: string }) => id))
    for (const id of brought.keys()) expect([id, seen.has(id)]).toEqual([id, true])
    if (status === 200) await this.#enter(guest)
    for (const [id, item] of brought) this.#items.set(id, item)
  }

  async #isGone(cookie: string, items: readonly string[]): Promise<void> {
    const former = new Person(this.person.address)
    former.cookie = cookie
    expect((await former.call('GET /api/me')).status).toBe(401)
    if (!this.person.cookie) return
    for (const id of items.slice(0, 3))
      expect((await this.person.call('GET /api/items/:id', { params: { id } })).status).toBe(404)
  }

  /** How many of the acknowledged jobs have not ended. */
  async openJobs(): Promise<number> {
    if (!this.person.cookie) return 0
    let open = 0
    for (const { state } of await this.person.done('GET /api/jobs')) if (!ENDED.has(state)) open++
    for (const id of this.#jobs) {
      const { status, body } = await this.person.call('GET /api/jobs/:id', { params: { id } })
      // A job goes with its item; else it is there for good.
      if (status === 404) this.#jobs.delete(id)
      else expect(body.id).toBe(id)
    }
    return open
  }
}
