/**
 * What a host sees of the clocks at `GET /hostz`: numbers and days, nothing of anybody. It answers only to a program on the
 * same machine that speaks to the server directly; to everyone else there is no such address.
 */
import { Problem } from '../problem.ts'
import type { Studio } from '../studio.ts'
import type { App } from './handle.ts'

/** What is told. Moments are ISO 8601. */
export interface HostView {
  readonly requests: {
    readonly open: number
    /** Open at day 10 or later (C209): `sotto requests due` lists them. */
    readonly alarmed: number
    /** When the first of the open ones must be done; null where none is open. */
    readonly next_due: string | null
  }
  /** Records past their time that nothing keeps (C153). */
  readonly overdue: number
}

/** The view, read now. */
export async function hostView({ rights, retention }: Pick<Studio, 'rights' | 'retention'>): Promise<HostView> {
  const [open, alarmed, overdue] = await Promise.all([
    rights.requests({ open: true }),
    rights.alarmed(),
    retention.overdue(),
  ])
  const dues = open.flatMap(({ due_at }) => due_at ?? []).sort((a, b) => a.getTime() - b.getTime())
  return {
    requests: { open: open.length, alarmed: alarmed.length, next_due: dues[0]?.toISOString() ?? null },
    overdue: overdue.length,
  }
}

/** Puts it on the app. 200 while nothing needs the host, 503 while a request is alarmed: any watcher of addresses understands that. */
export function hostRoute(app: App, studio: Pick<Studio, 'rights' | 'retention'>): void {
  app.get('/hostz', { schema: { hide: true } as object }, async (request, reply) => {
    if (!request.passage.direct) throw new Problem('not_found')
    const view = await hostView(studio)
    return reply
      .header('cache-control', 'no-store')
      .status(view.requests.alarmed > 0 ? 503 : 200)
      .send(view)
  })
}
