/** Routes of versions: an edit as it was at moments its person named. */

import type { Row } from '../../gate/gate.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** More versions of one item than anybody looks through. */
const MOST_VERSIONS = 200

/** Versions. */
export function versionRoutes(app: App, studio: Studio): void {
  const { gate, clock, turns } = studio

  handle(app, 'GET /api/items/:id/versions', async ({ person, params }) => {
    const mine = await gate.open('keep_media', person, { by: 'self', item: params.id })
    if (!(await mine.item.get(params.id))) throw new Problem('not_found')
    const versions = await mine.version.list({ item: params.id })
    return versions.map(versionView).sort((a, b) => (a.saved_at < b.saved_at ? 1 : -1))
  })

  handle(app, 'POST /api/items/:id/versions', async ({ person, params, body }) => {
    const mine = await gate.open('edit_media', person, { by: 'self', item: params.id })
    if (!(await mine.item.get(params.id))) throw new Problem('not_found')
    // After a save of the edit that is under way, and not between two.
    return turns.take(`edit ${params.id}`, async () => {
      if ((await mine.version.list({ item: params.id })).length >= MOST_VERSIONS) throw new Problem('too_many_versions')
      const [edit] = await mine.edit.list({ item: params.id })
      const payload = {
        name: body.name,
        saved_at: clock().toISOString(),
        cuts: edit?.cuts ?? [],
        ...(edit?.segments ? { segments: edit.segments } : {}),
        ...(edit?.order ? { order: edit.order } : {}),
      }
      const id = await mine.version.add(payload, { item: params.id })
      const made = await mine.version.get(id)
      if (!made) throw new Problem('not_found')
      return versionView(made)
    })
  })

  handle(app, 'DELETE /api/items/:id/versions/:version', async ({ person, params }) => {
    const mine = await gate.open('edit_media', person, { by: 'self', item: params.id })
    const version = await mine.version.get(params.version)
    if (!version || version.item !== params.id) throw new Problem('not_found')
    await mine.version.remove(params.version)
  })
}

function versionView({ id, name, saved_at, segments, cuts, order }: Row<'keep_media', 'version'>) {
  const spans = (list: readonly (readonly [number, number])[]) => list.map(([a, b]): [number, number] => [a, b])
  return {
    id,
    name,
    saved_at,
    segments: segments?.map((segment) => ({ ...segment, words: [...segment.words] })) ?? null,
    cuts: spans(cuts),
    order: spans(order ?? []),
  }
}
