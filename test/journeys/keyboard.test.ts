/** The main way with the keyboard alone, in Chinese, on a phone's window, in the dark; each stop is seen. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

/** Where the keyboard is, and whether that can be seen: drawn around, and inside of the window. */
function stop(page: Page): Promise<{ name: string; seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    const label = (element as HTMLInputElement).labels?.[0]?.textContent
    const name = element.getAttribute('aria-label') ?? label ?? element.textContent ?? ''
    // A field inside of a label that is drawn as a button is outlined by its label.
    const drawn = [element, element.parentElement as HTMLElement].some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    })
    const box = element.getBoundingClientRect()
    return { name: name.trim(), seen: drawn && box.bottom > 0 && box.top < innerHeight && box.width > 0 }
  })
}

/** Goes on with Tab until the keyboard is at this name; every stop on the way must be seen. */
async function tabTo(page: Page, name: string | RegExp, back = false): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
    // The guard at the end of a dialogue hands the focus on in the next frame, not at once.
    await page.waitForFunction(() => !document.activeElement?.hasAttribute('data-base-ui-focus-guard'))
    const here = await stop(page)
    if (here.name !== '') expect(here, `${passed.join(' > ')} > ${here.name}`).toMatchObject({ seen: true })
    passed.push(here.name)
    if (typeof name === 'string' ? here.name === name : name.test(here.name)) return
  }
  throw new Error(`Tab does not lead to ${name}: ${passed.join(' > ')}`)
}

test('agree, take the sample, transcribe, cut a sentence, save, erase: by keys', async () => {
  await using somebody = await visit(browser, site, { locale: 'zh-CN', dark: true, phone: true })
  const { page, held } = somebody
  await page.goto('/')
  await page.getByRole('button', { name: '同意并以访客开始' }).waitFor()
  await page.getByRole('complementary').getByRole('listitem').first().waitFor()
  await page.keyboard.press('Tab')
  expect((await stop(page)).name).toBe('跳到正文')
  await page.keyboard.press('Enter')
  await tabTo(page, '选择文件')
  await tabTo(page, '同意并以访客开始')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '录音', exact: true }).waitFor()
  await page.getByRole('link', { name: '跳到正文' }).focus()
  await tabTo(page, '试试示例')
  await page.keyboard.press('Enter')
  await page.getByRole('tablist', { name: '工具' }).waitFor({ timeout: 60_000 })

  await tabTo(page, '降噪')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await tabTo(page, '转写')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: '语音转文字' }).getByText('它使用').waitFor()
  await tabTo(page, '同意并继续')
  await page.keyboard.press('Enter')
  await page.getByRole('toolbar', { name: '文字' }).waitFor({ timeout: 90_000 })

  await tabTo(page, '录音的文字')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Delete')
  const words = page.getByRole('group', { name: '录音的文字' })
  await expect.poll(() => words.locator('del').count()).toBeGreaterThan(0)
  await page.keyboard.press('Control+z')
  await expect.poll(() => words.locator('del').count()).toBe(0)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => words.locator('del').count()).toBeGreaterThan(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: '更正后的文字' })
  await field.waitFor()
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })

  await tabTo(page, '保存结果')
  await page.keyboard.press('Enter')
  const made = page.getByText('已生成：').getByRole('link')
  await made.waitFor({ timeout: 60_000 })
  await tabTo(page, /（剪辑）$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /（剪辑）$/ }).waitFor()
  await page.getByRole('tablist', { name: '工具' }).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: '跳到正文' }).focus()
  await tabTo(page, '抹除')
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').waitFor()
  // What the keyboard is at when the question opens must not be the act itself.
  expect((await stop(page)).name).not.toBe('永久抹除')
  await tabTo(page, '永久抹除')
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog', { name: '已抹除' }).waitFor()
  await tabTo(page, '完成')
  await page.keyboard.press('Enter')
  await page.getByText('1 段录音').waitFor()
  expect((await held('GET /api/items')).map(({ origin }: { origin: string }) => origin)).toEqual(['sample'])
  somebody.behaved()
}, 180_000)
