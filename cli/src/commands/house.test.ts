/** The commands that look after a studio's house: policy, ledger, erase, backup, restore. */
import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addObject, notice, type Place, place } from '@sotto/server/testing/studio'
import { expect, test } from 'vitest'
import { main } from '../main.ts'

async function sotto(here: Place, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await main(args, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    watched: false,
    signal: new AbortController().signal,
    env: here.environment,
  })
  return { code, ...said }
}

test('erase --person destroys and certifies; the second time there is nobody (C211)', async () => {
  await using here = await place()
  let handle: string
  let item: string
  {
    await using studio = await here.open({ work: false })
    const li = await studio.persons.create(notice)
    ;({ item } = await addObject(studio, li, 'a recording'))
    handle = (await (await studio.gate.open('account', li, { by: 'self' })).account.list())[0]?.handle ?? ''
  }
  const erased = await sotto(here, 'erase', '--person', handle, '--json')
  expect(erased.code).toBe(0)
  expect(JSON.parse(erased.out)).toMatchObject({ scope: 'everything', keys_destroyed: 2, objects_removed: 1 })
  const again = await sotto(here, 'erase', '--person', handle)
  expect(again).toMatchObject({ code: 1, err: `there is nobody called ${handle}\n` })
  await using studio = await here.open({ work: false })
  expect(await studio.db.selectFrom('record').selectAll().where('item', '=', item).execute()).toEqual([])
})

test('a backup holds no key, is refused when damaged, and brings everything back but what was erased since (C162, G16)', async () => {
  await using here = await place()
  const to = join(here.root, 'backup')
  let gone: Awaited<ReturnType<typeof addObject>>
  let stays: typeof gone
  let li: string
  let wang: string
  {
    await using studio = await here.open({ work: false })
    li = await studio.persons.create(notice)
    wang = await studio.persons.create(notice)
    gone = await addObject(studio, li, 'erased after the backup')
    stays = await addObject(studio, wang, 'still there')
  }
  expect(await sotto(here, 'backup', to)).toMatchObject({ code: 0 })
  const full = await sotto(here, 'backup', to)
  expect(full.code).toBe(1)
  expect(full.err).toContain('is not empty')
  {
    await using studio = await here.open({ work: false })
    await studio.erase.person(li)
  }
  await rm(here.config.data, { recursive: true })
  const object = join(to, 'objects', stays.object.slice(0, 2), `${stays.object}.sealed`)
  const bytes = await readFile(object)
  await truncate(object, bytes.length - 1)
  const damaged = await sotto(here, 'restore', to)
  expect(damaged.code).toBe(1)
  expect(damaged.err).toContain('is not what was backed up')
  await writeFile(object, bytes)
  expect(await sotto(here, 'restore', to)).toMatchObject({ code: 0 })
  await using studio = await here.open({ work: false })
  const theirs = await studio.gate.open('keep_media', wang, { by: 'self' })
  expect(await theirs.item.get(stays.item)).toMatchObject({ name: 'still there' })
  await expect(studio.gate.open('keep_media', li, { by: 'self' })).rejects.toMatchObject({ code: 'erased' })
  expect(await studio.db.selectFrom('record').selectAll().where('person', '=', li).execute()).toEqual([])
  expect(await studio.objects.has(gone.object)).toBe(false)
})

test('ledger verify needs no secret, and says when an entry was changed (C173)', async () => {
  await using here = await place()
  {
    await using studio = await here.open({ work: false })
    await studio.persons.create(notice)
  }
  const directory = join(here.config.data, 'ledger')
  const sound = await sotto(here, 'ledger', 'verify', directory, '--json')
  expect(sound.code).toBe(0)
  expect(JSON.parse(sound.out)).toMatchObject({ ok: true, entries: 1, signed: 1 })
  const file = join(directory, '00000001.ledger')
  const bytes = await readFile(file)
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
  await writeFile(file, bytes)
  expect(await sotto(here, 'ledger', 'verify', directory)).toMatchObject({
    code: 1,
    err: 'an entry was changed, removed or moved\n',
  })
  expect((await sotto(here, 'ledger')).code).toBe(2)
})

test('the end of the service is announced in time, called off, and not carried out before its day (C155-C157)', async () => {
  await using here = await place()
  expect((await sotto(here, 'wind-down')).out).toBe('the service goes on\n')
  expect(await sotto(here, 'wind-down', '--end', '2001-01-01')).toMatchObject({ code: 1 })
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
  expect((await sotto(here, 'wind-down', '--end', day)).out).toContain(`ends on ${day}`)
  expect(await sotto(here, 'wind-down', '--finish')).toMatchObject({ code: 1, err: 'it is not time yet\n' })
  expect(JSON.parse((await sotto(here, 'wind-down', '--json')).out)).toMatchObject({ state: 'announced' })
  expect((await sotto(here, 'wind-down', '--call-off')).out).toBe('the service goes on\n')
  expect((await sotto(here, 'wind-down', '--end', day, '--finish')).code).toBe(2)
})

test('the policy is published under the name of its host, once, and never under nobody’s (C2, C248, G1)', async () => {
  {
    await using here = await place()
    const refused = await sotto(here, 'policy', 'publish')
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.err).toContain('operator.legal_name is empty')
  }
  const host = { SOTTO_OPERATOR_NAME: 'Studio', SOTTO_OPERATOR_OFFICER: 'Ann', SOTTO_OPERATOR_CONTACT: 'a@b.example' }
  await using here = await place('embedded', host)
  expect((await sotto(here, 'policy', 'publish', '--dry-run')).out).toContain('dry run')
  expect((await sotto(here, 'policy', 'publish')).out).toMatch(/^published: version \S+, number 1, [0-9a-f]{64}\n$/)
  const again = JSON.parse((await sotto(here, 'policy', 'publish', '--json')).out)
  expect(again).toMatchObject({ published: { number: 1 }, diff: null })
  expect((await sotto(here, 'policy', 'publish', '--at-least', 'none')).code).toBe(2)
})

test('the policy is checked, printed in both languages, and compared with an older one (C1, C249, C251)', async () => {
  await using here = await place()
  const checked = await sotto(here, 'policy', 'check')
  expect(checked.code).toBe(0)
  expect(checked.err).toContain('before it can be served to the public')
  expect((await sotto(here, 'policy', 'print', '--locale', 'zh-CN')).out).toContain('版本')
  const document = JSON.parse((await sotto(here, 'policy', 'print', '--format', 'document')).out)
  const [older, newer] = [join(here.root, 'older.json'), join(here.root, 'newer.json')]
  await writeFile(newer, JSON.stringify(document))
  document.version = '0.9.0'
  document.purposes.transcribe.uses = document.purposes.transcribe.uses.slice(1)
  await writeFile(older, JSON.stringify(document))
  const diff = await sotto(here, 'policy', 'diff', older, newer, '--json')
  expect(JSON.parse(diff.out)).toMatchObject({ from: '0.9.0', severity: 'major', consent_again: ['transcribe'] })
  document.purposes.transcribe.uses.push('user.invented')
  await writeFile(older, JSON.stringify(document))
  const faulty = await sotto(here, 'policy', 'check', older)
  expect(faulty.code).toBe(1)
  expect(faulty.err).toContain('user.invented')
  expect((await sotto(here, 'policy', 'check', join(here.root, 'nowhere.json'))).code).toBe(3)
})

test('rights, requests and retention from the terminal: each does what it says, and the ledger says that it was the host (C176, C209)', async () => {
  await using here = await place()
  let handle: string
  let li: string
  {
    await using studio = await here.open({ work: false })
    li = await studio.persons.create(notice)
    await addObject(studio, li, 'due', new Date(Date.now() - 1000))
    await studio.rights.note(li, 'sign_in_locked')
    const [decision] = await studio.rights.decisions(li)
    await studio.rights.askReview(li, decision?.id ?? '', 'That was not me.')
    handle = (await (await studio.gate.open('account', li, { by: 'self' })).account.list())[0]?.handle ?? ''
  }
  const person = ['--person', handle]
  const access = await sotto(here, 'rights', 'access', ...person, '--json')
  expect(JSON.parse(access.out)).toContainEqual(expect.objectContaining({ kind: 'item', count: 1, source: 'subject' }))
  expect((await sotto(here, 'rights', 'freeze', ...person)).out).toBe(`${handle} is frozen\n`)
  expect((await sotto(here, 'rights', 'thaw', ...person)).out).toBe(`${handle} is live\n`)
  expect((await sotto(here, 'rights', 'erase')).code).toBe(2)
  const copy = join(here.root, 'copy.tar')
  expect((await sotto(here, 'rights', 'export', ...person, '-o', copy)).out).toContain(`bytes in ${copy}`)
  // Nothing is written over.
  expect((await sotto(here, 'rights', 'export', ...person, '-o', copy)).code).toBe(1)

  const [request] = JSON.parse((await sotto(here, 'requests', 'list', '--json')).out)
  expect(request).toMatchObject({ right: 'review', state: 'in_progress' })
  expect(request.person).toBeUndefined()
  expect((await sotto(here, 'requests', 'due')).code).toBe(0)
  expect((await sotto(here, 'requests', 'show', request.id)).out).toContain('That was not me.')
  expect((await sotto(here, 'requests', 'answer', request.id, '--grant')).code).toBe(2)
  const answered = await sotto(here, 'requests', 'answer', request.id, '--grant', '--reason', 'You were right.')
  expect(answered).toMatchObject({ code: 0, out: `${request.id} fulfilled\n` })

  const dry = await sotto(here, 'retention', 'run', '--dry-run', '--json')
  expect(JSON.parse(dry.out)).toEqual({ overdue: 1, kinds: { item: 1 } })
  const hold = ['--kinds', 'item,media', '--citation', 'Example Act 31', '--until', '2999-01-01']
  expect((await sotto(here, 'retention', 'hold', ...person, ...hold)).out).toContain('Example Act 31  until 2999-01-01')
  expect(JSON.parse((await sotto(here, 'retention', 'run', '--dry-run', '--json')).out).overdue).toBe(0)
  const [set] = JSON.parse((await sotto(here, 'retention', 'holds', ...person, '--json')).out)
  expect((await sotto(here, 'rights', 'erase', ...person)).code).toBe(1)
  expect((await sotto(here, 'retention', 'release', set.id, ...person)).code).toBe(0)
  expect((await sotto(here, 'retention', 'run', '--now')).out).toBe('1 erased\n')
  {
    await using studio = await here.open({ work: false })
    const openers = new Set<string>()
    for await (const { content } of studio.ledger.of(li, 'opening')) openers.add(`${content.purpose} by ${content.by}`)
    expect(openers).toContain('own_rights by operator')
    expect(openers).toContain('answer_requests by operator')
  }
  // A part, in all the forms the page has; then everything.
  let item: string
  {
    await using studio = await here.open({ work: false })
    item = (await addObject(studio, li, 'one by one')).item
    const mine = await studio.gate.open('account', li, { by: 'self' })
    await mine.account.change((await mine.account.list())[0]?.id ?? '', { display_name: 'Li' })
    await mine.setting.add({ keep_recordings: 'P1D' })
  }
  const erase = ['rights', 'erase', ...person]
  expect((await sotto(here, ...erase, '--item', item, '--category', 'user.name')).code).toBe(2)
  expect((await sotto(here, ...erase, '--item', li)).code).toBe(1)
  expect((await sotto(here, ...erase, '--item', item)).out).toContain('1 keys')
  expect((await sotto(here, ...erase, '--item', item)).code).toBe(1)
  const named = JSON.parse((await sotto(here, ...erase, '--category', 'user.name', '--json')).out)
  expect(named).toMatchObject({ items: 0, fields: 1 })
  expect((await sotto(here, ...erase, '--purpose', 'account')).out).toContain('1 records')
  expect((await sotto(here, ...erase, '--purpose', 'prove')).code).toBe(1)

  // A letter: taken down, made sure of, and the account ends.
  const letter = JSON.parse((await sotto(here, 'requests', 'receive', ...person, '--json')).out)
  expect(letter.address).toMatch(/^\/ended\//)
  expect((await sotto(here, 'requests', 'list')).out).toContain(`${letter.id}  cancel  open`)
  expect((await sotto(here, 'requests', 'receive', ...person)).code).toBe(1)
  expect((await sotto(here, 'requests', 'verify', letter.id)).code).toBe(2)
  const sure = await sotto(here, 'requests', 'verify', letter.id, '--how', 'called back on the number')
  expect(sure.out).toMatch(/ends \d{4}-\d\d-\d\d, by \d{4}-\d\d-\d\d at the latest/)
  expect((await sotto(here, 'requests', 'verify', letter.id, '--how', 'again')).code).toBe(1)
  expect((await sotto(here, 'rights', 'access', ...person)).code).toBe(0)
  expect((await sotto(here, ...erase, '--json')).code).toBe(0)
})
