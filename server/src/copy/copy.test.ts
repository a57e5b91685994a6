/** C195, GDPR 20, PIPL 45: the copy has every kind, is read by tar and by a reader of PDF, and comes back in whole. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type PurposeId, policy } from '@sotto/policy'
import { describe, expect, test } from 'vitest'
import { sorts } from '../../testing/databases.ts'
import { addObject, notice, place } from '../../testing/studio.ts'
import { setKeepRecordings } from '../account/settings.ts'
import type { Studio } from '../studio.ts'
import { archiveOf } from './archive.ts'
import { importCopy } from './import.ts'
import { copiedRecords } from './records.ts'
import { summaryPdf } from './summary.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

/** A person with something of everything that comes back. */
async function somebody(studio: Studio): Promise<string> {
  const li = await studio.persons.create(notice)
  const mine = await studio.gate.open('account', li, { by: 'self' })
  const [account] = await mine.account.list()
  await mine.account.change(account?.id ?? '', { display_name: '李雷', age_band: 'adult' })
  const { db, gate, turns } = studio
  await setKeepRecordings({ db, gate, turns }, li, 'P365D')
  const keeping = await studio.gate.open('keep_media', li, { by: 'self' })
  for (const name of ['早上的会议', 'A talk']) {
    const { item } = await addObject(studio, li, name)
    await keeping.item.change(item, { tags: ['work', name] })
    const segments = [{ start: 0, end: 1, text: name, words: [{ start: 0, end: 1, text: name }] }]
    await keeping.transcript.add({ language: 'zh', model: 'base', duration: 1, segments, complete: true }, { item })
    await keeping.edit.add({ revision: 1, cuts: [[0.25, 0.5]], order: [[0.5, 1]] }, { item })
    await keeping.version.add({ name: `first ${name}`, saved_at: '2026-11-23T12:00:00.000Z', cuts: [] }, { item })
    const tracks = [{ role: 'voice', clips: [{ source: 0, from: 0, to: 1, at: 0 }] }]
    await keeping.timeline.add({ revision: 3, items: [item], tracks, loudness: -16 }, { item })
  }
  const text = { mode: 'text', revision: 1, language: 'en', voice: 'af_heart', speed: 1, notice: 'none' } as const
  for (const name of ['Hello', '你好']) {
    const id = randomUUID()
    await studio.keys.add(li, id)
    await keeping.speech.add({ ...text, name, segments: [{ id: 'one', text: name }] }, { id, item: id })
  }
  return li
}

/** Bytes as a network brings them. */
async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700)
}

async function archiveTo(studio: Studio, person: string, file: string): Promise<void> {
  await pipeline(Readable.from(archiveOf(studio, person, { locale: 'zh-CN' })), createWriteStream(file))
}

/** What of a person is theirs to take along, without ids and times of one studio. */
async function portable(studio: Studio, person: string) {
  const { records } = await copiedRecords(studio, person)
  const pick = (kind: string, fields: string[]) =>
    (records[kind] ?? []).map((row) => JSON.stringify(fields.map((field) => row[field]))).sort()
  const sounds: string[] = []
  for (const { role, object, item, size } of records.media as unknown as Record<string, string>[]) {
    if (role === 'peaks') continue
    await using opened = await studio.objects.open(object ?? '', await studio.keys.key(person, item ?? ''))
    sounds.push(Buffer.concat([...opened.source().pieces(0, Number(size))]).toString())
  }
  return {
    items: pick('item', ['name', 'media', 'tags']),
    words: pick('transcript', ['language', 'model', 'duration', 'segments', 'complete']),
    edits: pick('edit', ['revision', 'segments', 'cuts', 'order']),
    versions: pick('version', ['name', 'saved_at', 'segments', 'cuts', 'order']),
    settings: pick('setting', ['keep_recordings']),
    texts: pick('speech', ['name', 'mode', 'language', 'segments']),
    timelines: pick('timeline', ['revision', 'tracks', 'loudness']),
    namedByTimelines: (records.timeline ?? []).map(({ item, items }) => (items as string[])[0] === item),
    profile: pick('account', ['display_name', 'avatar', 'age_band']),
    sounds: sounds.sort(),
  }
}

describe.each(sorts)('a copy on %s', (sort) => {
  test('every kind of the policy has its list, with the fields that are declared and no others', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await somebody(studio)
    const { records } = await copiedRecords(studio, li)
    expect(Object.keys(records)).toEqual(Object.keys(policy.kinds))
    const open = ['id', 'item', 'state', 'version', 'bytes', 'created_at', 'due_at']
    for (const [kind, { place: where, fields }] of Object.entries(policy.kinds))
      for (const row of records[kind] ?? [])
        if (where === 'record')
          for (const field of Object.keys(row)) expect([...open, ...Object.keys(fields)], kind).toContain(field)
    expect(JSON.stringify(records)).not.toContain(li)
  })

  test('taken away and brought in elsewhere, everything of the person is the same; tar can read it', async () => {
    await using here = await place(sort)
    await using there = await place(sort)
    const file = join(here.root, 'copy.tar')
    let before: Awaited<ReturnType<typeof portable>>
    {
      await using studio = await here.open({ work: false })
      const li = await somebody(studio)
      await archiveTo(studio, li, file)
      before = await portable(studio, li)
      // The ledger says that it was taken.
      const purposes: PurposeId[] = []
      for await (const { content } of studio.ledger.of(li, 'opening')) purposes.push(content.purpose as PurposeId)
      expect(purposes).toContain('own_rights')
    }
    const names = execFileSync('tar', ['-tf', file], { encoding: 'utf8' }).trim().split('\n')
    expect(names.slice(0, 2)).toEqual(['records.json', 'summary.pdf'])
    expect(names).toHaveLength(4)
    const out = join(here.root, 'out')
    await mkdir(out)
    execFileSync('tar', ['-xf', file, '-C', out])
    const sounds = await Promise.all(names.slice(2).map((name) => readFile(join(out, name), 'utf8')))
    expect(sounds.sort()).toEqual(before.sounds)

    await using studio = await there.open({ work: false })
    const li = await studio.persons.create(notice)
    expect(await importCopy(studio, li, createReadStream(file))).toEqual({
      items: 2,
      words: 2,
      versions: 2,
      texts: 2,
      profile: ['display_name', 'age_band', 'keep_recordings'],
      // What stays behind is said, kind by kind, with its reason.
      left: [
        { kind: 'task', count: 2, why: 'passing' },
        { kind: 'notice_shown', count: 1, why: 'proof' },
        { kind: 'opening', count: expect.any(Number), why: 'proof' },
      ],
    })
    expect(await portable(studio, li)).toEqual(before)
  })

  test('what is no copy, or was tampered with, brings nothing undeclared in', async () => {
    await using here = await place(sort)
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    const file = join(here.root, 'bad.tar')
    const tar = (entries: [string, Buffer][]) =>
      Buffer.concat([
        ...entries.flatMap(([name, bytes]) => [
          tarHeader(name, bytes.length, here.time.now),
          bytes,
          tarPadding(bytes.length),
        ]),
        TAR_END,
      ])
    const records = (all: object) => Buffer.from(JSON.stringify({ records: all }))
    const media = { id: 'm', item: 'i', mime: 'audio/wav', size: 3 }
    const cases: [string, [string, Buffer][]][] = [
      ['empty', []],
      ['no records first', [['media/m.wav', Buffer.from('abc')]]],
      ['no JSON', [['records.json', Buffer.from('{')]]],
      [
        'an undeclared field',
        [
          ['records.json', records({ media: [media], item: [{ id: 'i', name: 5, media: 'sound' }] })],
          ['media/m.wav', Buffer.from('abc')],
        ],
      ],
      [
        'a recording without a record',
        [
          ['records.json', records({ media: [media], item: [] })],
          ['media/m.wav', Buffer.from('abc')],
        ],
      ],
    ]
    const whole = tar([
      ['records.json', records({ media: [media], item: [{ id: 'i', name: 'whole', media: 'sound' }] })],
      ['media/m.wav', Buffer.from('abc')],
    ])
    for (const [what, bytes] of [
      ['no tar', Buffer.alloc(5000, 'x')],
      ['nothing', Buffer.alloc(0)],
      ['cut in its records', whole.subarray(0, 530)],
      ['cut in a recording', whole.subarray(0, 1537)],
      ['without its end', whole.subarray(0, 2048)],
    ] as const)
      await expect(importCopy(studio, li, pieces(bytes)), what).rejects.toMatchObject({ code: 'not_a_copy' })
    // Of the last one the recording was whole and stays; of those before nothing is left, on the disk either.
    const keeping = await studio.gate.open('keep_media', li, { by: 'self' })
    const kept = await keeping.item.list()
    expect(kept.map(({ name }) => name)).toEqual(['whole'])
    expect((await studio.keys.ids(li)).sort()).toEqual([li, kept[0]?.id].sort())
    const objects: string[] = []
    for await (const id of studio.objects.ids()) objects.push(id)
    expect(objects).toHaveLength(1)
    await studio.erase.item(li, kept[0]?.id ?? '')
    for (const [what, entries] of cases) {
      await writeFile(file, tar(entries))
      await expect(importCopy(studio, li, createReadStream(file)), what).rejects.toMatchObject({ code: 'not_a_copy' })
    }
    expect(await (await studio.gate.open('keep_media', li, { by: 'self' })).item.list()).toEqual([])
  })
})

test.each(['en', 'zh-CN'] as const)(
  'the summary is a PDF with its font in it, and says what is held (%s)',
  async (locale) => {
    await using here = await place()
    await using studio = await here.open({ work: false })
    const li = await somebody(studio)
    const pdf = await summaryPdf(await copiedRecords(studio, li), locale)
    expect(pdf.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7')
    const text = pdf.toString('latin1')
    expect(text).toContain('/FontFile3')
    expect(text).toContain(`/Lang (${locale})`)
    // A subset of the font, not its eight megabytes.
    expect(pdf.length).toBeLessThan(400_000)
    expect(pdf.length).toBeGreaterThan(5_000)
  },
)
