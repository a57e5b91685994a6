/** A call: what the other side agreed to comes first, and stays with the sound (C53). */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { goodFile } from '@sotto/media/testing/files'
import { testSound, written } from '@sotto/media/testing/sound'
import { announcement } from '@sotto/policy'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin, openItem, row } from './acts.ts'
import { artefact } from './artefacts.ts'
import { openBrowser } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

let directory: string
let browser: Browser
let site: Site
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sotto-call-'))
  const sound = join(directory, 'microphone.wav')
  await writeFile(sound, written(testSound(48_000, 2), { format: 'wav' }))
  ;[browser, site] = await Promise.all([openBrowser(sound), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'A call' })

test('a recording of a call is brought in with its agreement, which can be read, saved and corrected', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await page.getByRole('button', { name: 'A call' }).click()
  await dialog(page).getByText(announcement('en')).waitFor()
  await dialog(page)
    .getByRole('radio', { name: /I have a recording/ })
    .check()
  const choose = dialog(page).getByRole('button', { name: 'Choose the recording' })
  expect(await choose.isDisabled()).toBe(true)
  await dialog(page).getByLabel('What you call the other side').fill('Anna')
  await dialog(page).getByRole('radio', { name: 'I ask in my own words' }).check()
  await dialog(page)
    .getByRole('checkbox', { name: /agreed/ })
    .check()
  // Attested is not enough where nothing is said of what they were told.
  expect(await choose.isDisabled()).toBe(true)
  await dialog(page).getByLabel('What were they told?').fill('That I keep this for my notes.')
  await page.screenshot({ path: artefact('call-dialog') })
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose.click()])
  await chooser.setFiles([{ name: 'Talk.flac', mimeType: 'audio/flac', buffer: Buffer.from(goodFile('flac')) }])
  await agreeTo(page, 'Recording calls', /together with what the other side agreed to/)
  await row(page, 'Talk.flac').getByText('0:02').waitFor({ timeout: 60_000 })
  expect((await held('GET /api/items'))[0]).toMatchObject({ origin: 'call' })

  await openItem(page, 'Talk.flac')
  await page.getByRole('tab', { name: 'About this recording' }).click()
  const note = page.getByRole('region', { name: 'What the other side agreed to' })
  await note.getByText(/Anna agreed to the recording on .*they were asked in other words/).waitFor()
  await note.getByText('“That I keep this for my notes.”').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    note.getByRole('button', { name: 'Save the receipt' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Talk.receipt.json')
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ way: 'asked', other: 'Anna' })
  await note.getByRole('button', { name: 'Correct the name' }).click()
  await note.getByLabel('What you call the other side').fill('Anna B.')
  await note.getByRole('button', { name: 'Save', exact: true }).click()
  await note.getByText(/Anna B\. agreed/).waitFor()
  await page.screenshot({ path: artefact('call-agreement') })
  somebody.behaved()
})

test('a call on loudspeaker is recorded after the agreement, and no sound before', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  await context.addInitScript(() => {
    const devices = navigator.mediaDevices
    const ask = devices.getUserMedia.bind(devices)
    Object.assign(window, { asked: 0 })
    devices.getUserMedia = (constraints) => {
      Object.assign(window, { asked: (window as unknown as { asked: number }).asked + 1 })
      return ask(constraints)
    }
  })
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked)
  await begin(page)
  await page.getByRole('button', { name: 'A call' }).click()
  await dialog(page)
    .getByRole('radio', { name: /On a telephone beside me/ })
    .check()
  await dialog(page)
    .getByRole('radio', { name: /I play this to them/ })
    .check()
  await dialog(page)
    .locator('audio')
    .evaluate((audio: HTMLAudioElement) => audio.play())
  await dialog(page)
    .getByRole('checkbox', { name: /agreed/ })
    .check()
  await dialog(page).getByRole('button', { name: 'Record the call' }).click()
  await agreeTo(page, 'Recording calls', /Nothing is recorded before you say that they agreed/)
  expect(await asked()).toBe(0)
  await agreeTo(page, 'Microphone', /To record what your microphone hears/)
  await dialog(page).getByText('Recording', { exact: true }).waitFor()
  expect(await asked()).toBe(1)
  await dialog(page)
    .getByText(/^kept up to 0:0[1-9]/)
    .waitFor()
  await dialog(page).getByRole('button', { name: 'Stop and keep' }).click()
  await page.getByRole('heading', { level: 1, name: /^Call / }).waitFor({ timeout: 60_000 })
  const [item] = await held('GET /api/items')
  expect(item).toMatchObject({ origin: 'call' })
  somebody.behaved()
})

test('two sides of a call become two channels of one sound', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  // What a shared tab would sound like: a browser without a screen has none to choose from.
  await context.addInitScript(() => {
    navigator.mediaDevices.getDisplayMedia = async () => {
      const sound = new AudioContext()
      const tone = new OscillatorNode(sound, { frequency: 1000 })
      const out = new MediaStreamAudioDestinationNode(sound)
      tone.connect(new GainNode(sound, { gain: 0.25 })).connect(out)
      tone.start()
      return out.stream
    }
  })
  await begin(page)
  await page.getByRole('button', { name: 'A call' }).click()
  await dialog(page)
    .getByRole('radio', { name: /On this computer/ })
    .check()
  await dialog(page).getByLabel('What you call the other side').fill('Li')
  await dialog(page)
    .getByRole('checkbox', { name: /agreed/ })
    .check()
  await dialog(page).getByRole('button', { name: 'Record the call' }).click()
  await agreeTo(page, 'Recording calls', /Nothing is recorded/)
  await agreeTo(page, 'Microphone', /To record what your microphone hears/)
  await dialog(page).getByText('Recording', { exact: true }).waitFor()
  expect(await dialog(page).getByRole('meter').count()).toBe(2)
  await dialog(page)
    .getByText(/^kept up to 0:0[2-9]/)
    .waitFor()
  await page.screenshot({ path: artefact('call-recording') })
  await dialog(page).getByRole('button', { name: 'Stop and keep' }).click()
  await page.getByRole('heading', { level: 1, name: /^Call with Li/ }).waitFor({ timeout: 60_000 })
  await page.getByRole('tablist', { name: 'Tools' }).waitFor({ timeout: 60_000 })
  const [item] = await held('GET /api/items')
  expect(item.streams[0]).toMatchObject({ type: 'audio', channels: 2 })
  const bytes = await page.evaluate(async (id) => {
    const answer = await fetch(`/api/items/${id}/media`)
    const decoded = await new OfflineAudioContext(2, 48_000, 48_000).decodeAudioData(await answer.arrayBuffer())
    const share = (channel: number) => {
      // Energy at the tone against all of it (Goertzel), over one second from the middle.
      const all = decoded.getChannelData(channel)
      const from = Math.floor(all.length / 2) - 24_000
      const part = all.subarray(Math.max(0, from), Math.max(0, from) + 48_000)
      let [re, im, energy] = [0, 0, 0]
      for (let n = 0; n < part.length; n++) {
        const value = part[n] ?? 0
        re += value * Math.cos((2 * Math.PI * 1000 * n) / 48_000)
        im += value * Math.sin((2 * Math.PI * 1000 * n) / 48_000)
        energy += value * value
      }
      return (2 * (re * re + im * im)) / (part.length * energy)
    }
    return [share(0), share(1)]
  }, item.id)
  // The microphone on the left, the tab on the right, neither in the other.
  expect(bytes[0]).toBeLessThan(0.2)
  expect(bytes[1]).toBeGreaterThan(0.9)
  somebody.behaved()
})
