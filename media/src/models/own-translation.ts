import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelDamagedError } from './error.ts'
import type { ModelFile } from './model.ts'
import { TRANSLATION_MODELS, type TranslationModel } from './translation.ts'

/** The file in the models folder in which a host lists translation models of their own. */
export const OWN_TRANSLATION = 'translation-models.json'

/** Settings of Marian that a model of the host's own may need: how its numbers are multiplied. Nothing else is let through. */
const ARITHMETIC = ['float32', 'int8shift', 'int8shiftAll', 'int8shiftAlpha', 'int8shiftAlphaAll']

/**
 * Every translation model there is a pin for: Mozilla's, and those the host lists in {@link OWN_TRANSLATION}, which go first.
 * Its entries are `{ id, from, to, licence, files: [{ path, bytes, sha256 }], arithmetic? }`; the files lie in the folder of that id.
 * Nobody has rated these, and what they translate says so.
 * @throws ModelDamagedError when the list is none
 */
export async function translationModels(folder: string | undefined): Promise<readonly TranslationModel[]> {
  if (folder === undefined) return TRANSLATION_MODELS
  const path = join(folder, OWN_TRANSLATION)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return TRANSLATION_MODELS
    throw error
  }
  const own = ownModels(text)
  if (own === undefined) throw new ModelDamagedError({ id: OWN_TRANSLATION }, path, 'is no list of translation models')
  const replaced = (model: TranslationModel) => own.some(({ from, to }) => from === model.from && to === model.to)
  return [...own, ...TRANSLATION_MODELS.filter((model) => !replaced(model))]
}

function ownModels(text: string): TranslationModel[] | undefined {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(list)) return undefined
  const models = list.map(ownModel)
  return models.every((model) => model !== undefined) ? models : undefined
}

function ownModel(given: unknown): TranslationModel | undefined {
  const { id, from, to, licence, files, arithmetic } = (given ?? {}) as Readonly<Record<string, unknown>>
  const named = typeof id === 'string' && /^[a-z0-9][a-z0-9-]{0,60}$/.test(id)
  const language = (code: unknown): code is string => typeof code === 'string' && /^[a-z]{2,3}$/.test(code)
  if (!named || !language(from) || !language(to) || from === to || typeof licence !== 'string') return undefined
  if (arithmetic !== undefined && !ARITHMETIC.includes(String(arithmetic))) return undefined
  if (!Array.isArray(files) || files.length === 0) return undefined
  const pinned = files.map(ownFile)
  if (!pinned.every((file) => file !== undefined)) return undefined
  return {
    id,
    from,
    to,
    licence,
    languages: [from, to],
    files: pinned,
    unrated: true,
    ...(arithmetic === undefined ? {} : { marian: { 'gemm-precision': String(arithmetic) } }),
  }
}

function ownFile(given: unknown): ModelFile | undefined {
  const { path, bytes, sha256 } = (given ?? {}) as Readonly<Record<string, unknown>>
  if (typeof path !== 'string' || !/^[\w-][\w.-]{0,120}$/.test(path)) return undefined
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 1) return undefined
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return undefined
  return { path, bytes, sha256, from: { host: true } }
}
