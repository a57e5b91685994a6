/** Somebody with a fresh browser profile, watched for what no page of ours may ever do. */
import type { RouteName } from '@sotto/server/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { artefact } from './artefacts.ts'
import type { Site } from './site.ts'

export interface Visitor extends AsyncDisposable {
  readonly context: BrowserContext
  readonly page: Page
  /** What the server holds of this person: the answer of a GET route to their cookie. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any route
  held(route: RouteName & `GET ${string}`, params?: Record<string, string>): Promise<any>
  /** Fails if the page threw, met its content security policy, or spoke to another host. */
  behaved(): void
}

export interface VisitorOptions {
  readonly locale?: 'en' | 'zh-CN'
  readonly dark?: boolean
  readonly phone?: boolean
  /** How many times slower than this machine the processor is. */
  readonly slowed?: number
}

/** Opens a profile; nothing is opened in it yet. */
export async function visit(browser: Browser, site: Site, options: VisitorOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: site.address,
    locale: options.locale ?? 'en',
    timezoneId: 'UTC',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: options.phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    ...(options.phone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  })
  context.setDefaultTimeout(15_000)
  const misdeeds: string[] = []
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (/^https?:$/.test(protocol) && origin !== site.address) misdeeds.push(`request to ${request.url()}`)
  })
  context.on('weberror', (error) => misdeeds.push(`thrown: ${error.error()}`))
  context.on('console', (message) => {
    if (/content security policy/i.test(message.text())) misdeeds.push(message.text())
  })
  const page = await context.newPage()
  if (options.slowed) {
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: options.slowed })
  }
  return {
    context,
    page,
    async held(route, params = {}) {
      const path = route.slice('GET '.length).replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')
      const answer = await context.request.get(path)
      expect(answer.status(), path).toBe(200)
      return answer.json()
    },
    behaved: () => expect(misdeeds).toEqual([]),
    async [Symbol.asyncDispose]() {
      // How it looked at the end: after a failure the first thing to look at.
      await page.screenshot({ path: artefact(`end-${expect.getState().currentTestName}`) }).catch(() => undefined)
      await context.close()
    },
  }
}
