/** The versions of the policy, what one has read of them, and what programs look for under `/.well-known/`. */
import { changeInWords, dataRights, diffPolicies, type Locale, noticeChanges, policy, securityTxt } from '@sotto/policy'
import { noteRead, type Reading, readingOf } from '../../policy/reading.ts'
import type { Published } from '../../policy/versions.ts'
import { Problem } from '../../problem.ts'
import { controlRegister } from '../../register/register.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'
import type { Notices } from '../notices.ts'

/** How long a `security.txt` says it holds; it is made anew at each asking. */
const SECURITY_TXT_DAYS = 90

const shown = ({ number, version, effective, published_at, severity, hash }: Published) => ({
  number,
  version,
  effective,
  published_at,
  severity,
  hash,
})

const readingShown = (reading: Reading) => ({
  current: shown(reading.current),
  read: reading.read ? shown(reading.read) : null,
  read_at: reading.read_at,
  severity: reading.severity,
  sections: reading.sections.map((one) => ({ ...one, added: [...one.added], removed: [...one.removed] })),
  renew: [...reading.renew],
  widened: [...reading.widened],
})

/** The policy. */
export function policyRoutes(app: App, studio: Studio, notices: Notices): void {
  const { config, versions, clock } = studio

  handle(app, 'GET /api/policy/versions', async () => versions.all.map(shown).reverse())

  handle(app, 'GET /api/policy/versions/:number', async ({ params, query }) => {
    const one = versions.all[params.number - 1]
    if (one === undefined) throw new Problem('not_found')
    const before = versions.all[params.number - 2]
    return { ...shown(one), ...changesOf(before, one, query.locale), notice: { ...one.notices[query.locale] } }
  })

  handle(app, 'GET /api/policy/register', async ({ query }) => controlRegister(notices.of(query.locale)))

  handle(app, 'GET /api/policy/reading', async ({ person, query }) =>
    readingShown(await readingOf(studio, person, query.locale)),
  )

  handle(app, 'POST /api/policy/reading', async ({ person, body }) => {
    notices.requireCurrent(body.notice)
    await noteRead(studio, person, body.notice, body.channel)
    return readingShown(await readingOf(studio, person, body.notice.locale))
  })

  handle(app, 'POST /api/service/told', ({ person }) => studio.windDown.told(person))

  handle(app, 'GET /.well-known/security.txt', async ({ passage, reply }) => {
    const expires = new Date(clock().getTime() + SECURITY_TXT_DAYS * 24 * 3600 * 1000)
    const text = securityTxt(config.operator, { origin: config.origin ?? passage.origin, expires })
    // A machine of one's own has nobody to write to.
    if (text === undefined) throw new Problem('not_found')
    return reply.type('text/plain; charset=utf-8').send(text)
  })

  handle(app, 'GET /.well-known/data-rights.json', async ({ passage, reply }) => {
    const rights = dataRights(policy, config.operator, config.origin ?? passage.origin)
    return reply.type('application/json; charset=utf-8').send(`${JSON.stringify(rights, null, 2)}\n`)
  })
}

function changesOf(before: Published | undefined, after: Published, locale: Locale) {
  if (before === undefined) return { changes: [], sections: [] }
  const { changes } = diffPolicies(before.document, after.document, { operators: [before.operator, after.operator] })
  const told = changes.map((change) => ({
    text: changeInWords(change, locale),
    severity: change.severity,
    clause: change.clause ?? null,
  }))
  const sections = noticeChanges(before.notices[locale], after.notices[locale])
  return {
    changes: told.sort((a, b) => a.severity.localeCompare(b.severity)),
    sections: sections.map((one) => ({ ...one, added: [...one.added], removed: [...one.removed] })),
  }
}
