/** Routes of models for translating. */
import { ModelStore } from '@sotto/media/models/store'
import { waysFrom } from '@sotto/media/translation/ways'
import type { Config } from '../../config.ts'
import type { ModelFetches } from '../../models/fetches.ts'
import { Problem } from '../../problem.ts'
import { type App, handle } from '../handle.ts'

/** Models. */
export function modelRoutes(app: App, { config, fetches }: { config: Config; fetches: ModelFetches }): void {
  handle(app, 'GET /api/translations/ways', async ({ query }) =>
    (await waysFrom(new ModelStore({ folder: config.models }), query.from)).map((way) => ({
      ...way,
      missing: [...way.missing],
    })),
  )

  handle(app, 'GET /api/models/translation', async () => ({
    fetch: config.modelFetch,
    models: await fetches.list(),
  }))

  handle(app, 'POST /api/models/translation/:model', async ({ params }) => {
    if (!config.modelFetch) throw new Problem('fetch_off')
    const state = await fetches.begin(params.model)
    if (!state) throw new Problem('not_found')
    return state
  })

  handle(app, 'DELETE /api/models/translation/:model', async ({ params }) => {
    const state = await fetches.stop(params.model)
    if (!state) throw new Problem('not_found')
    return state
  })
}
