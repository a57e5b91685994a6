/** A studio of its own, served as for a host: built pages, embedded database, a free port. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Serving, serve } from '@sotto/server'
import { type Place, place } from '@sotto/server/testing/studio'

/** What a person's browser opens, and what the test may look into behind it. */
export interface Site extends AsyncDisposable {
  readonly address: string
  readonly place: Place
  /** The server's clock: that of the machine, and what it was put forward by. */
  readonly clock: { now(): Date; goOn(ms: number): void }
  /** The server as it is now; another one after {@link Site.restart}. */
  readonly serving: Serving
  /** Ends the server; what was on its way is cut off. */
  stop(): Promise<void>
  /** Serves again at the same address. */
  start(): Promise<void>
  /** Names of the persons' keyring files: nobody is here while there is none. */
  keyrings(): Promise<string[]>
}

/**
 * Serves a studio. `environment` adds to the settings of a test's place. `JOURNEYS_PAGES` names a folder of other built
 * pages, for walking through a build while another one is being made.
 */
export async function openSite(environment: Record<string, string> = {}): Promise<Site> {
  const home = await place('embedded', environment)
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const options = { clock: now, ...(process.env.JOURNEYS_PAGES ? { pages: process.env.JOURNEYS_PAGES } : {}) }
  let serving = await serve(home.config, options)
  const port = Number(new URL(serving.address).port)
  let up = true
  const stop = async () => {
    if (!up) return
    up = false
    serving.app.server.closeAllConnections()
    await serving[Symbol.asyncDispose]()
  }
  return {
    address: serving.address,
    place: home,
    clock: {
      now,
      goOn: (ms) => {
        ahead += ms
      },
    },
    get serving() {
      return serving
    },
    stop,
    start: async () => {
      serving = await serve({ ...home.config, port }, options)
      up = true
    },
    keyrings: async () =>
      (await readdir(join(home.config.keys, 'persons'), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      await stop()
      await home[Symbol.asyncDispose]()
    },
  }
}
