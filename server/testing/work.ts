/** For tests: somebody with a browser, whose jobs are waited for by what happens, never by time. */
import { studioApp } from '../src/http/server.ts'
import { openLog } from '../src/log.ts'
import type { Studio } from '../src/studio.ts'
import { visit } from './visit.ts'

/** Waits until something holds, looking again whenever anything happens to a person's things. */
export async function until(studio: Studio, person: string, what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) {
    const { promise, resolve } = Promise.withResolvers<void>()
    using _listening = studio.hub.listen(person, () => resolve())
    if (await what()) return
    await promise
  }
}

/** A guest over the routes. `agree` turns a switch on and answers the notice it was asked under; `done` waits for a job's end. */
export async function somebody(studio: Studio) {
  const app = await studioApp(studio, { log: openLog('silent') })
  const me = visit(app)
  const { body } = await me.call('GET /api/notice', { query: { locale: 'en', format: 'json' } })
  const seen = { version: body.version as string, hash: body.hash as string, locale: 'en' as const }
  await me.call('POST /api/session/guest', { body: { notice: seen } })
  const handle = (await me.call('GET /api/me')).body.handle as string
  const person = (await studio.lookup.find('handle', handle)) as string
  const item = async (id: string) => (await me.call('GET /api/items/:id', { params: { id } })).body
  const agree = async (setting: string) => {
    await me.call('PUT /api/consents/:setting', { params: { setting }, body: { on: true, notice: seen } })
    return seen
  }
  const done = async (id: string) => {
    const now = async () => (await me.call('GET /api/jobs/:id', { params: { id } })).body
    await until(studio, person, async () => (await now()).ended_at !== null)
    return now()
  }
  return { app, me, person, seen, item, agree, done }
}
