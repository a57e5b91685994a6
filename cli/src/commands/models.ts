import { MODELS } from '@sotto/media/models/manifest'
import { modelBytes } from '@sotto/media/models/model'
import { ModelStore } from '@sotto/media/models/store'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { modelsFolder } from '../models.ts'

/**
 * Engine weights: what is here, and taking some from a folder or an uncompressed tar (for machines without a network).
 * Nothing is believed before its pinned SHA-256 was right; nothing is downloaded.
 */
export const command: Command = {
  usage: 'models list [--json] | import ID FOLDER-OR-TAR',
  async run(args, io) {
    const { values, positionals } = parse(args, { json: { type: 'boolean' } })
    const [verb, id, source] = positionals
    const store = new ModelStore({ folder: modelsFolder(io.env) })
    if (verb === 'list') {
      const found = await Promise.all(
        MODELS.map(async (model) => ({
          id: model.id,
          bytes: modelBytes(model),
          licence: model.licence,
          here: await store.has(model),
        })),
      )
      if (values.json) io.out(`${JSON.stringify(found)}\n`)
      else
        for (const { id, bytes, licence, here } of found)
          io.out(`${here ? '+' : '-'} ${id}  ${Math.round(bytes / 1e6)} MB  ${licence}\n`)
      return exit.done
    }
    const model = MODELS.find((one) => one.id === id)
    if (verb !== 'import' || !model || source === undefined) throw new UsageError(command.usage)
    await store.importFrom(model, source)
    io.out(`${model.id} is in ${store.folder}\n`)
    return exit.done
  },
}
