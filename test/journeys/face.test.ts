/** A face in a picture, on the person's own device: gallery, selfie by file and by camera, result, labels (C262, C268). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memorySource, probe } from '@sotto/media'
import { verifyBytes } from '@sotto/media/provenance/verify'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin } from './acts.ts'
import { artefact } from './artefacts.ts'
import { openBrowser } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

const fixture = join(import.meta.dirname, '..', '..', 'media', 'fixtures', 'faces', 'astronaut.jpg')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'sotto-face-'))
let browser: Browser
let site: Site

beforeAll(async () => {
  // A camera that shows one picture for ever: JPEGs one after the other.
  const camera = join(folder, 'camera.mjpeg')
  const picture = readFileSync(fixture)
  writeFileSync(camera, Buffer.concat([picture, picture]))
  site = await openSite()
  browser = await openBrowser(undefined, camera)
})
afterAll(async () => {
  await browser?.close()
  await site?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

async function accessible(page: Page): Promise<void> {
  // What the head of the page lies over at the moment is not too small to be met.
  await page.evaluate(() => scrollTo(0, 0))
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    "axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })",
  )) as AxeResults
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([])
}

/** The picture on the canvas, as a short fingerprint. */
const shown = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas')
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let sum = 0
    for (let i = 0; i < data.length; i += 41) sum = (sum * 31 + (data[i] ?? 0)) % 4_294_967_291
    return `${canvas?.width}x${canvas?.height} ${sum}`
  })

const words = {
  en: {
    lead: 'Nothing is uploaded',
    template: 'By the window',
    choose: 'Choose a picture',
    found: 'One face found.',
    before: 'Show the picture before',
    result: 'The picture with your face',
    camera: 'Take a selfie',
    take: 'Take it',
    good: /Good\.|come nearer/,
    save: 'Save JPG',
    own: 'Use a picture of my own',
    attest: 'The people shown in my own picture or clip',
    strength: 'Strength',
    verify: 'Read the labels of a picture',
    made: 'Made by a machine',
  },
  'zh-CN': {
    lead: '不会上传任何内容',
    template: '窗边',
    choose: '选择照片',
    found: '找到 1 张脸。',
    before: '显示原来的图片',
    result: '放入您的脸之后的图片',
    camera: '拍自拍照',
    take: '拍下',
    good: /可以。|请靠近/,
    save: '保存 JPG',
    own: '使用自己的图片',
    attest: '我自己的图片或短片中的人',
    strength: '强度',
    verify: '读取图片的标识',
    made: '由机器生成',
  },
} as const

test.each(['en', 'zh-CN'] as const)(
  '%s: template, selfie, result, saved with its labels; nothing uploaded',
  async (locale) => {
    const say = words[locale]
    await using visitor = await visit(browser, site, { locale, phone: locale === 'zh-CN' })
    const { page } = visitor
    const sent: string[] = []
    page.on('request', (request) => request.method() !== 'GET' && sent.push(`${request.method()} ${request.url()}`))
    await page.goto('/face')
    await page.getByText(say.lead).waitFor()
    await page.getByRole('button', { name: say.template }).click()
    const picture = page.getByRole('img', { name: say.result })
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: say.choose }).click(),
    ])
    await chooser.setFiles(fixture)
    await page.getByText(say.found).waitFor({ timeout: 60_000 })
    await picture.waitFor({ timeout: 60_000 })
    await expect.poll(() => shown(page), { timeout: 30_000 }).toMatch(/^720x900 /)
    const after = await shown(page)
    await page.getByLabel(say.before).check()
    await expect.poll(() => shown(page)).not.toBe(after)
    await page.getByLabel(say.before).uncheck()
    await expect.poll(() => shown(page)).toBe(after)
    await accessible(page)
    await page.screenshot({ path: artefact(`face-${locale}`), fullPage: true })
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      page.getByRole('button', { name: say.save }).click(),
    ])
    const saved = join(folder, `${locale}.jpg`)
    await download.saveAs(saved)
    const read = await verifyBytes(await readFile(saved))
    expect(read).toMatchObject({ format: 'jpeg', synthetic: true, aigc: { Label: '1' } })
    expect(read.credential).toMatchObject({ unchanged: true })
    // The page reads it back, too.
    await page.getByRole('link', { name: say.verify }).click()
    const [again] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('main').getByRole('button').first().click(),
    ])
    await again.setFiles(saved)
    await page.getByText(say.made).waitFor({ timeout: 30_000 })
    await accessible(page)
    expect(sent).toEqual([])
    expect(await site.keyrings()).toEqual([])
    visitor.behaved()
  },
)

test('a selfie by the camera, with guidance before the shot; a picture of one’s own only with everybody’s word', async () => {
  const say = words.en
  await using visitor = await visit(browser, site)
  const { page } = visitor
  await begin(page)
  await page.goto('/face')
  await page.getByRole('button', { name: say.camera }).click()
  await agreeTo(page, 'Face in a picture', /gone when you have the answer/)
  const dialog = page.getByRole('dialog', { name: say.camera })
  await dialog.getByRole('status').getByText(say.good).waitFor({ timeout: 60_000 })
  await accessible(page)
  await dialog.getByRole('button', { name: say.take }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(say.found).waitFor({ timeout: 60_000 })
  const own = page.getByRole('button', { name: say.own })
  expect(await own.isDisabled()).toBe(true)
  await page.getByLabel(say.attest).check()
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), own.click()])
  await chooser.setFiles(fixture)
  await page.getByRole('img', { name: say.result }).waitFor({ timeout: 60_000 })
  await page.getByRole('slider', { name: say.strength }).fill('0.5')
  await expect.poll(() => shown(page), { timeout: 30_000 }).toMatch(/^512x512 /)
  // The word is kept, its number stands in the label; somebody shown objects with it.
  const [word] = await visitor.held('GET /api/faces/attestations')
  const save = async () =>
    (
      await Promise.all([
        page.waitForEvent('download', { timeout: 60_000 }),
        page.getByRole('button', { name: say.save }).click(),
      ])
    )[0]
  const saved = join(folder, 'own.jpg')
  await (await save()).saveAs(saved)
  expect((await verifyBytes(readFileSync(saved))).aigc?.ProduceID).toBe(word.code)
  await using shownPerson = await visit(browser, site)
  await shownPerson.page.goto('/verify')
  const [theirs] = await Promise.all([
    shownPerson.page.waitForEvent('filechooser'),
    shownPerson.page.getByRole('button', { name: 'Choose a picture or film' }).click(),
  ])
  await theirs.setFiles(saved)
  await shownPerson.page.getByText(say.made).waitFor({ timeout: 60_000 })
  expect(await shownPerson.page.getByText(word.code.replaceAll('-', '').slice(0, 10), { exact: true }).count()).toBe(1)
  await shownPerson.page.getByRole('button', { name: 'Object' }).click()
  await shownPerson.page.getByText('Done. The material is not used here any more.').waitFor()
  await accessible(shownPerson.page)
  await shownPerson.page.screenshot({ path: artefact('face-objection'), fullPage: true })
  await page.getByRole('button', { name: say.save }).click()
  await page.getByText('A person shown in this material objected.').waitFor()
  await page.goto('/face')
  await page.getByText(/A person shown in material of yours objected on/).waitFor()
  visitor.behaved()
  shownPerson.behaved()
})

test('by the server, when asked: its own consent first, then the points, and a receipt (C266, C267, C272)', async () => {
  const say = words.en
  await using visitor = await visit(browser, site)
  const { page } = visitor
  await begin(page)
  await page.goto('/face')
  await page.getByRole('button', { name: say.template }).click()
  await page.getByLabel('Let the studio’s server find the points').check()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: say.choose }).click(),
  ])
  await chooser.setFiles(fixture)
  await agreeTo(page, 'Face in a picture', /gone when you have the answer/)
  await page.getByText(/Receipt: picture and points were held in memory only/).waitFor({ timeout: 60_000 })
  await page.getByText(say.found).waitFor()
  await page.getByRole('img', { name: say.result }).waitFor({ timeout: 60_000 })
  await accessible(page)
  await page.screenshot({ path: artefact('face-server'), fullPage: true })
  visitor.behaved()
})

const clips = {
  en: {
    clip: 'On the summit',
    make: 'Make the clip',
    made: 'The clip with your face',
    save: /^Save (MP4|WEBM)$/,
    live: 'Live preview with the camera',
    picture: 'live',
  },
  'zh-CN': {
    clip: '登顶',
    make: '制作短片',
    made: '放入您的脸之后的短片',
    save: /^保存 (MP4|WEBM)$/,
    live: '用摄像头实时预览',
    picture: '实时',
  },
} as const

test.each(['en', 'zh-CN'] as const)(
  '%s: a clip on this device, with its sound and its labels; nothing uploaded',
  async (locale) => {
    const [say, of] = [words[locale], clips[locale]]
    await using visitor = await visit(browser, site, { locale, phone: locale === 'zh-CN' })
    const { page } = visitor
    const sent: string[] = []
    page.on('request', (request) => request.method() !== 'GET' && sent.push(`${request.method()} ${request.url()}`))
    await page.goto('/face')
    await page.getByRole('button', { name: of.clip }).click()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: say.choose }).click(),
    ])
    await chooser.setFiles(fixture)
    await page.getByText(say.found).waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: of.make }).click()
    await page.getByRole('progressbar').waitFor()
    await accessible(page)
    await page.getByLabel(of.made).waitFor({ timeout: 120_000 })
    await page.screenshot({ path: artefact(`face-clip-${locale}`), fullPage: true })
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      page.getByRole('button', { name: of.save }).click(),
    ])
    const saved = join(folder, download.suggestedFilename())
    await download.saveAs(saved)
    const about = await probe(memorySource(readFileSync(saved)))
    expect(about.streams.map(({ type }) => type).sort()).toEqual(['audio', 'video'])
    expect(about.duration).toBeGreaterThan(3.8)
    expect(await verifyBytes(readFileSync(saved))).toMatchObject({ synthetic: true, aigc: { Label: '1' } })
    expect(sent).toEqual([])
    visitor.behaved()
  },
)

test('a clip by the server: consent first, progress, once, a receipt; given up when asked (C264-C272)', async () => {
  await using visitor = await visit(browser, site)
  const { page } = visitor
  await begin(page)
  await page.goto('/face')
  await page.getByRole('button', { name: clips.en.clip }).click()
  await page.getByLabel('Let the studio’s server find the points').check()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: words.en.choose }).click(),
  ])
  await chooser.setFiles(fixture)
  await agreeTo(page, 'Face in a picture', /gone when you have the answer/)
  await page.getByRole('button', { name: clips.en.make }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('Given up. Nothing of it was kept.').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: clips.en.make }).click()
  await page.getByText(/Receipt: selfie and clip were held in memory only/).waitFor({ timeout: 120_000 })
  await page.getByLabel(clips.en.made).waitFor()
  await accessible(page)
  visitor.behaved()
})

test.each(['en', 'zh-CN'] as const)(
  '%s: the live preview shows the template with the camera’s face',
  async (locale) => {
    const [say, of] = [words[locale], clips[locale]]
    await using visitor = await visit(browser, site, { locale, phone: locale === 'zh-CN', dark: locale === 'en' })
    const { page } = visitor
    await page.goto('/face')
    await page.getByRole('button', { name: say.template }).click()
    await page.getByRole('button', { name: of.live }).click()
    const rate = page.locator('[data-rate]')
    await expect.poll(async () => Number(await rate.getAttribute('data-rate')), { timeout: 90_000 }).toBeGreaterThan(0)
    const live = page.getByRole('img', { name: of.picture })
    const look = async () => (await live.screenshot()).toString('base64')
    const withFace = await look()
    await page.getByLabel(say.before).check()
    await expect.poll(look, { timeout: 30_000 }).not.toBe(withFace)
    await page.getByLabel(say.before).uncheck()
    await accessible(page)
    await page.screenshot({ path: artefact(`face-live-${locale}`), fullPage: true })
    process.stderr.write(`live preview: ${await rate.getAttribute('data-rate')} pictures a second\n`)
    await page.getByRole('button', { name: say.take }).click()
    await page.getByText(say.found).waitFor({ timeout: 60_000 })
    await page.getByRole('img', { name: say.result }).waitFor()
    visitor.behaved()
  },
)
