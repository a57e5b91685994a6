/** Routes of calls: what the other side agreed to (C53). */
import { agreementFor } from '../../items/agreement.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** Reading an agreement, and correcting the name in it. */
export function callRoutes(app: App, studio: Studio): void {
  handle(app, 'GET /api/items/:id/agreement', async ({ person, params }) => {
    const mine = await studio.gate.open('keep_media', person, { by: 'self' })
    const found = await agreementFor(mine, params.id)
    if (!found) throw new Problem('not_found')
    return { ...found.agreed, item: found.item }
  })

  handle(app, 'PUT /api/items/:id/agreement', async ({ person, params, body }) => {
    const mine = await studio.gate.open('keep_media', person, { by: 'self', item: params.id })
    const [found] = await mine.agreement.list({ item: params.id })
    if (!found) throw new Problem('not_found')
    // How and when they agreed is what was attested then: it stands. What they are called may be put right.
    const { other: _, ...attested } = found.agreed
    const agreed = body.other === '' ? attested : { ...attested, other: body.other }
    await mine.agreement.change(found.id, { agreed })
    return { ...agreed, item: params.id }
  })
}
