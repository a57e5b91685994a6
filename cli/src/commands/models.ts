import { download } from '@sotto/media/models/download'
import { MODELS } from '@sotto/media/models/manifest'
import { type Model, modelBytes } from '@sotto/media/models/model'
import { ModelStore } from '@sotto/media/models/store'
import { TRANSLATION_SOURCE } from '@sotto/media/models/translation'
import { parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, exitCode } from '../exit.ts'
import { modelsFolder } from '../models.ts'
import { progressLine } from '../progress.ts'

/**
 * Engine weights: what is here; fetching one, because it was asked for by name; taking one from a folder or an uncompressed
 * tar (for machines without a network); checking all that is here. Nothing is believed before its pinned SHA-256 was right.
 */
export const command: Command = {
  usage: 'models list [--json] | get ID [--mirror URL] | verify [ID] [--json] | import ID FOLDER-OR-TAR',
  async run(args, io) {
    const { values, positionals } = parse(args, { json: { type: 'boolean' }, mirror: { type: 'string' } })
    const [verb, id, source, ...more] = positionals
    const store = new ModelStore({ folder: modelsFolder(io.env) })
    if (more.length > 0) throw new UsageError(command.usage)
    if (verb === 'list' && id === undefined) return await list(store, values.json === true, io)
    if (verb === 'verify' && source === undefined) return await verify(store, id, values.json === true, io)
    const model = MODELS.find((one) => one.id === id)
    if (!model) throw new UsageError(command.usage)
    if (verb === 'get' && source === undefined) return await get(store, model, values.mirror, io)
    if (verb !== 'import' || source === undefined) throw new UsageError(command.usage)
    await store.importFrom(model, source)
    io.out(`${model.id} is in ${store.folder}\n`)
    return exit.done
  },
}

async function list(store: ModelStore, json: boolean, io: Io): Promise<number> {
  const found = await Promise.all(
    MODELS.map(async (model) => ({
      id: model.id,
      bytes: modelBytes(model),
      licence: model.licence,
      here: await store.has(model),
    })),
  )
  if (json) io.out(`${JSON.stringify(found)}\n`)
  else
    for (const { id, bytes, licence, here } of found)
      io.out(`${here ? '+' : '-'} ${id}  ${Math.round(bytes / 1e6)} MB  ${licence}\n`)
  return exit.done
}

async function get(store: ModelStore, model: Model, mirror: string | undefined, io: Io): Promise<number> {
  if (await store.has(model)) {
    await store.locate(model)
    io.out(`${model.id} is here\n`)
    return exit.done
  }
  const progress = progressLine(io)
  try {
    await download(model, store, {
      ...(mirror === undefined ? {} : { mirror: { of: TRANSLATION_SOURCE, by: mirror.replace(/\/+$/, '') } }),
      signal: io.signal,
      onProgress: progress.show,
    })
  } finally {
    progress.clear()
  }
  io.out(`${model.id} is in ${store.folder}\n`)
  return exit.done
}

/** Reads every file of what is here; ends with the code of the first that is damaged, after all were read. */
async function verify(store: ModelStore, id: string | undefined, json: boolean, io: Io): Promise<number> {
  const models = MODELS.filter((model) => id === undefined || model.id === id)
  if (models.length === 0) throw new UsageError(command.usage)
  let code: number = exit.done
  const found: { id: string; state: 'whole' | 'damaged' }[] = []
  for (const model of models) {
    if (id === undefined && !(await store.has(model))) continue
    try {
      await store.locate(model)
      found.push({ id: model.id, state: 'whole' })
      if (!json) io.out(`+ ${model.id}\n`)
    } catch (error) {
      code = exitCode(error)
      found.push({ id: model.id, state: 'damaged' })
      io.err(`sotto: ${error instanceof Error ? error.message : model.id}\n`)
    }
  }
  if (json) io.out(`${JSON.stringify(found)}\n`)
  return code
}
