/** What journeys do over and over, as a person does it: by names that are on the page. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Opens the studio and begins as a guest. */
export async function begin(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Agree and begin as guest' }).click()
  await page.getByRole('heading', { name: 'Recordings' }).waitFor()
}

/** Brings files in by the picker. */
export async function bringIn(
  page: Page,
  files: readonly { name: string; mimeType: string; bytes: Uint8Array }[],
): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles(files.map(({ name, mimeType, bytes }) => ({ name, mimeType, buffer: Buffer.from(bytes) })))
}

/** The line of the library with this name. */
export function row(page: Page, name: string): Locator {
  return page
    .getByRole('region', { name: 'Recordings' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** Opens an item that is there and waits for its workbench. */
export async function openItem(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  await page.getByRole('tablist', { name: 'Tools' }).waitFor({ timeout: 60_000 })
}

/** Answers the question for a consent, and says that the purpose stood in it. */
export async function agreeTo(page: Page, name: string, why: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog', { name })
  await dialog.getByText(why).waitFor()
  await dialog.getByRole('button', { name: 'Agree and go on' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Waits until what is asked answers true. */
export async function until(what: () => Promise<boolean>, timeout = 30_000): Promise<void> {
  await expect.poll(what, { timeout, interval: 100 }).toBe(true)
}

/** Waits until the page says that the words are saved. */
export async function saved(page: Page): Promise<void> {
  await page
    .getByRole('toolbar', { name: 'Words' })
    .getByRole('status')
    .getByText(/(^|· )saved$/)
    .waitFor()
}
