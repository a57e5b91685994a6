/** Every page, in both languages, light and dark, on a desk and in a hand: accessible, and pictured to be looked at. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { looker } from './looker.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

/** Pages that are pictured. */
const PICTURED = [
  'studio first',
  'notice',
  'studio with items',
  'item words',
  'item clip',
  'privacy settings',
  'call',
  'purposes',
  'permissions',
  'cookies',
  'register',
  'certificate',
  'speak',
  'text',
  'item dub',
]

/** What stands on the pages, by language. */
const WORDS = {
  en: {
    agree: 'Agree and begin as guest',
    refuse: 'Not now',
    notice: 'In short',
    code: 'Number and code',
    password: 'Password',
    number: 'Phone number',
    sendCode: 'Send code',
    sample: 'Try the sample',
    recordings: 'Recordings',
    record: 'Record',
    call: 'A call',
    microphone: 'Microphone',
    agreeTo: 'Agree and go on',
    discard: 'Discard',
    transcribe: 'Transcribe',
    region: 'Words of the recording',
    tools: 'Tools',
    rename: 'Rename',
    erase: 'Erase',
    eraseDo: 'Erase for good',
    erased: 'Erased',
    cancel: 'Cancel',
    saveResult: 'Save the result',
    studio: 'Sotto, Studio',
    nothing: 'Nothing is here',
    profile: 'Profile',
    language: 'Language',
    what: 'What the studio may do',
    everything: 'Erase everything about me',
    offline: 'No connection to the studio.',
    timeline: 'Timeline',
    addSound: 'Add a sound',
    keys: 'Keys',
    close: 'Close',
    dub: 'Translate and dub',
    into: 'Into',
  },
  'zh-CN': {
    agree: '同意并以访客开始',
    refuse: '暂不',
    notice: '简要说明',
    code: '手机号与验证码',
    password: '密码',
    number: '手机号',
    sendCode: '发送验证码',
    sample: '试试示例',
    recordings: '录音',
    record: '录音',
    call: '通话',
    microphone: '麦克风',
    agreeTo: '同意并继续',
    discard: '丢弃',
    transcribe: '转写',
    region: '录音的文字',
    tools: '工具',
    rename: '重命名',
    erase: '抹除',
    eraseDo: '永久抹除',
    erased: '已抹除',
    cancel: '取消',
    saveResult: '保存结果',
    studio: 'Sotto, 工作室',
    nothing: '这里什么也没有',
    profile: '个人资料',
    language: '语言',
    what: '工作室可以做什么',
    everything: '抹除关于我的一切',
    offline: '与工作室没有连接。',
    timeline: '时间线',
    addSound: '添加声音',
    keys: '按键',
    close: '关闭',
    dub: '翻译和配音',
    into: '译成',
  },
} as const

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  const words = WORDS[locale]
  test('every page is accessible, stays within the window, and speaks its language', async () => {
    await using somebody = await visit(browser, site, { locale })
    const { page } = somebody
    const { look, found } = looker(page, locale, PICTURED)
    await page.goto('/')
    await page.getByRole('button', { name: words.agree }).waitFor()
    await page.getByRole('listitem').first().waitFor()
    await look('studio first')
    await page.goto('/notice')
    await page.getByRole('heading', { name: words.notice }).waitFor()
    await look('notice')
    await page.goto('/notice/register')
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await look('register')
    await page.goto('/notice/versions')
    await page.getByRole('listitem').getByRole('link').first().waitFor()
    await look('versions')
    await page.goto('/notice/versions/1')
    await page.getByRole('heading', { name: words.notice }).waitFor()
    await look('version')
    await page.goto('/no/such/page')
    await page.getByRole('heading', { name: words.nothing }).waitFor()
    await look('not found')
    await page.goto('/')
    await page.getByRole('button', { name: words.record, exact: true }).click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    await look('notice dialog')
    await page.getByRole('dialog').getByRole('button', { name: words.agree }).click()
    await page.getByRole('dialog', { name: words.microphone }).getByRole('button', { name: words.refuse }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await look('studio empty')
    await page.getByRole('button', { name: words.call, exact: true }).click()
    await page.getByRole('dialog', { name: words.call }).waitFor()
    await look('call')
    await page.getByRole('dialog').getByRole('button', { name: words.cancel }).click()

    await page.goto('/sign-in')
    await page
      .getByRole('textbox', { name: words.number })
      .fill(locale === 'en' ? '+44 7400 123456' : '+86 138 0013 8001')
    await page.getByRole('button', { name: words.sendCode }).click()
    await page.getByRole('status').getByRole('strong').waitFor()
    await look('sign in code')
    await page.getByRole('radio', { name: words.password }).check({ force: true })
    await look('sign in password')
    await page.goto('/my')
    await page.getByRole('heading', { name: words.profile }).waitFor()
    await look('my')
    await page.goto('/cookies')
    await page.getByRole('checkbox').first().waitFor()
    await look('cookies')
    await page.goto('/my/settings/privacy/purposes')
    await page.getByRole('switch').first().waitFor()
    await look('purposes')
    await page.goto('/my/settings/privacy/permissions')
    await page.getByRole('switch').first().waitFor()
    await look('permissions')
    await page.goto('/speak')
    await page
      .getByRole('textbox')
      .first()
      .fill(locale === 'en' ? 'One.\n\nTwo.' : '一。\n\n二。')
    await look('speak')
    await page.getByRole('button', { name: locale === 'en' ? 'Go on' : '继续', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: words.agreeTo }).click()
    await page.getByRole('list').getByRole('textbox').nth(1).waitFor()
    await look('text')
    await page.goto('/my/settings')
    await page.getByRole('main').getByRole('combobox', { name: words.language, exact: true }).waitFor()
    await look('settings')

    await page.goto('/')
    await page.getByRole('button', { name: words.sample }).click()
    await page.getByRole('tablist', { name: words.tools }).waitFor({ timeout: 60_000 })
    const tab = (index: number) => page.getByRole('tab').nth(index).click()
    await tab(1)
    await page.getByRole('button', { name: words.transcribe, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: words.agreeTo }).waitFor()
    await look('consent')
    await page.getByRole('dialog').getByRole('button', { name: words.agreeTo }).click()
    await page.getByRole('toolbar').waitFor({ timeout: 90_000 })
    const text = page.getByRole('group', { name: words.region })
    await text.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Delete')
    await page.getByRole('region', { name: words.saveResult }).waitFor()
    await look('item words')
    await page.getByRole('tab', { name: words.dub }).click()
    await page.getByRole('combobox', { name: words.into }).waitFor()
    await look('item dub')
    for (const [index, name] of ['clean', 'words', 'clip', 'save', 'facts'].entries())
      if (name !== 'words') {
        await tab(index)
        await look(`item ${name}`)
      }
    await page.getByRole('button', { name: words.rename }).click()
    await page.getByRole('dialog').waitFor()
    await look('rename')
    await page.getByRole('dialog').getByRole('button', { name: words.cancel }).click()
    await page.getByRole('button', { name: words.erase }).click()
    await page.getByRole('alertdialog').waitFor()
    await look('erase')
    await page.getByRole('alertdialog').getByRole('button', { name: words.cancel }).click()
    await page.getByRole('link', { name: words.timeline, exact: true }).click()
    await page.locator('[data-place]').first().focus()
    await look('timeline')
    await page.getByRole('button', { name: words.addSound }).click()
    await page.getByRole('dialog').waitFor()
    await look('timeline add')
    await page.getByRole('dialog').getByRole('button', { name: words.cancel }).click()
    await page.getByRole('button', { name: words.keys, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    await look('timeline keys')
    await page.getByRole('dialog').getByRole('button', { name: words.close }).click()
    await page.getByRole('link', { name: words.studio }).click()
    await page.getByRole('heading', { name: words.recordings }).waitFor()
    await look('studio with items')
    await page.goto('/my/settings/privacy')
    await page.getByRole('heading', { name: words.what }).waitFor()
    await page.getByRole('switch').first().waitFor()
    await page.waitForLoadState('networkidle')
    await look('privacy settings')
    await page.getByRole('button', { name: words.everything }).click()
    await page.getByRole('alertdialog').waitFor()
    await look('erase everything')
    await page.getByRole('alertdialog').getByRole('button', { name: words.cancel }).click()
    await page.goto('/')
    await page
      .getByRole('button', { name: new RegExp(`^${words.erase}`) })
      .first()
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: words.eraseDo }).click()
    await page.getByRole('alertdialog', { name: words.erased }).waitFor()
    await look('certificate')
    expect(found).toEqual({})
    somebody.behaved()
  }, 900_000)
})
