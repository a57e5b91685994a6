/** A studio on the network: its application, listening, and its orderly end. */
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { accounts } from '../account/accounts.ts'
import { capabilities } from '../capabilities.ts'
import type { Config } from '../config.ts'
import { type Log, openLog } from '../log.ts'
import type { RequestRow } from '../rights/requests.ts'
import { smsWebhook } from '../sms/webhook.ts'
import { type OpenOptions, openStudio, type Studio } from '../studio.ts'
import { createApp } from './app.ts'
import type { App } from './handle.ts'
import { hostRoute } from './host-view.ts'
import { draftOf, notices } from './notices.ts'
import { callRoutes } from './routes/calls.ts'
import { consentRoutes } from './routes/consents.ts'
import { eventRoutes } from './routes/events.ts'
import { faceRoutes } from './routes/faces.ts'
import { itemRoutes } from './routes/items.ts'
import { jobRoutes } from './routes/jobs.ts'
import { meRoutes } from './routes/me.ts'
import { mixingRoutes } from './routes/mixing.ts'
import { modelRoutes } from './routes/models.ts'
import { noticeRoutes } from './routes/notice.ts'
import { permissionRoutes } from './routes/permissions.ts'
import { policyRoutes } from './routes/policy.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { rightsRoutes } from './routes/rights.ts'
import { sessionRoutes } from './routes/session.ts'
import { settingRoutes } from './routes/settings.ts'
import { shareRoutes } from './routes/share.ts'
import { speechRoutes } from './routes/speech.ts'
import { statusRoutes } from './routes/status.ts'
import { timelineRoutes } from './routes/timeline.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { versionRoutes } from './routes/versions.ts'

/** The version of this program, as the workspace says. */
export const VERSION = '0.1.0'

/** How a studio is served. */
export interface ServeOptions {
  readonly log?: Log
  /** Folder of the built pages; that of the repository when not given. */
  readonly pages?: string
}

const PAGES = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** The application of an open studio. */
export async function studioApp(studio: Studio, options: ServeOptions = {}): Promise<App> {
  const { config, db } = studio
  const mine = accounts(studio)
  const printed = await notices(config.operator)
  // What people here are told is what was published: nothing is served that stands in no version (C248).
  await studio.versions.adopt(draftOf(config.operator, printed), config.loopback)
  return createApp({
    config,
    log: options.log ?? openLog(config.logLevel),
    version: VERSION,
    authenticate: mine.sessions.authenticate,
    requireFreshProof: mine.sessions.requireFresh,
    ready: async () => void (await sql`select 1`.execute(db)),
    pages: options.pages ?? PAGES,
    routes: async (app) => {
      statusRoutes(app, {
        config,
        version: VERSION,
        notices: printed,
        windDown: studio.windDown,
        accounts: mine.parts,
        capabilities: () => capabilities(config.models),
      })
      noticeRoutes(app, printed)
      policyRoutes(app, studio, printed)
      callRoutes(app, studio)
      permissionRoutes(app, studio)
      sessionRoutes(app, mine, printed)
      meRoutes(app, mine)
      consentRoutes(app, mine.parts, studio.consents, printed)
      settingRoutes(app, mine.parts)
      itemRoutes(app, studio)
      jobRoutes(app, studio)
      mixingRoutes(app, studio)
      timelineRoutes(app, studio)
      versionRoutes(app, studio)
      faceRoutes(app, studio)
      privacyRoutes(app, studio)
      rightsRoutes(app, studio)
      shareRoutes(app, studio)
      speechRoutes(app, studio)
      modelRoutes(app, studio)
      eventRoutes(app, studio)
      await uploadRoutes(app, studio)
      hostRoute(app, studio)
    },
  })
}

/** A studio that is listening. Disposing it lets what is under way end, then closes everything in order. */
export interface Serving extends AsyncDisposable {
  readonly studio: Studio
  readonly app: App
  /** The address to open. */
  readonly address: string
}

/** How long requests under way may take when the server is asked to end. */
const GRACE_MS = 10_000

/** Opens a studio and listens. @throws what keeps it from starting, by name */
export async function serve(config: Config, options: ServeOptions & OpenOptions = {}): Promise<Serving> {
  const log = options.log ?? openLog(config.logLevel)
  const clock = options.clock ?? (() => new Date())
  const deliver = config.sms ? { sms_provider: smsWebhook(config.sms, clock) } : {}
  await using stack = new AsyncDisposableStack()
  const alarm = (rows: readonly RequestRow[]) => log.warn({ event: 'request.alarm', count: rows.length })
  const studio = stack.use(await openStudio(config, { deliver, alarm, ...options }))
  const app = await studioApp(studio, { ...options, log })
  stack.defer(async () => {
    // Whoever does not end by themself is cut off: a shutdown that waits for a stranger is none.
    const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MS)
    // A connection that falls idle after its last answer would otherwise keep the end waiting until its own timeout.
    const idle = setInterval(() => app.server.closeIdleConnections(), 100)
    await app.close()
    clearTimeout(cut)
    clearInterval(idle)
    log.info({ event: 'server.closed' })
  })
  const listening = await app.listen({ host: config.host, port: config.port })
  log.info({ event: 'server.listening', address: listening, version: VERSION })
  const closing = stack.move()
  return {
    studio,
    app,
    address: config.origin ?? listening.replace('[::1]', 'localhost'),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
