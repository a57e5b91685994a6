/** Looks at a page as it stands: accessible, within the window, in its own language; light and dark, on a desk and in a hand. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { artefact } from './artefacts.ts'

const AXE: RunOptions = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } }
/** The same page in other colours: of those rules the ones that look at colours. */
const AXE_COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
const program = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Words in Latin letters that stand in a Chinese page rightly: names, formats, units, keys, citations. */
const LATIN =
  /^([CG][0-9]{1,3}|Sotto|English|LUFS|dB|EBU|docx|pdf|mp[34]|wav|flac|ogg|m4a|webm|mov|mkv|amr|opus|aac|txt|srt|vtt|json|JSON|kHz|kB|MB|KB|fps|pcm|Ctrl|Shift|Enter|Delete|Chrome|Edge|Linux|ISO|IEC|Kokoro|eSpeak|SHA|TS|PWA|SMS|IndexedDB|OPFS|Cookie|cookie|localStorage|GDPR|PIPL|AES|GCM)$/

/** What the accessibility checker finds wrong, each with the elements it means. */
async function violations(page: Page, options: RunOptions): Promise<string[]> {
  await page.evaluate(await program)
  const run = (options: RunOptions) =>
    (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(options)
  const { violations, passes } = await page.evaluate(run, options)
  expect(passes.length).toBeGreaterThan(0) // it looked at all
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  )
}

/** Latin words in what a Chinese page shows or says; what is marked as another language, data or code is left out. */
function latin(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (element?.closest('[lang]')?.getAttribute('lang') !== 'zh-CN') continue
      if (element.closest('code, pre, .mono, script, style, noscript')) continue
      said.push(node.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-valuetext]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext'])
        said.push(element.getAttribute(name) ?? '')
    return said.flatMap((text) => text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? [])
  })
}

/** `look` looks at the page under a name, and puts what is wrong into `found`; the names in `pictured` are pictured. */
export function looker(
  page: Page,
  locale: 'en' | 'zh-CN',
  pictured: readonly string[],
): { look(name: string): Promise<void>; readonly found: Readonly<Record<string, unknown>> } {
  const found: Record<string, unknown> = {}
  const look = async (name: string) => {
    for (const size of ['desktop', 'phone'] as const) {
      await page.setViewportSize(size === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 800 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const label = `${name} ${locale} ${size} ${colorScheme}`
        const wrong = await violations(page, colorScheme === 'light' ? AXE : AXE_COLOURS)
        if (wrong.length > 0) found[label] = wrong
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (wide > 0) found[`${label} width`] = `${wide} pixels wider than the window`
        if (pictured.includes(name))
          await page.screenshot({ path: artefact(label), fullPage: size === 'phone' && name !== 'notice' })
      }
    }
    if (locale === 'zh-CN') {
      const left = [...new Set((await latin(page)).filter((word) => !LATIN.test(word)))]
      if (left.length > 0) found[`${name} words`] = left
    }
    expect(await page.getAttribute('html', 'lang')).toBe(locale)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light' })
  }
  return { look, found }
}
