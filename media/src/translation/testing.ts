import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { OWN_TRANSLATION } from '../models/own-translation.ts'
import type { TranslationModel } from '../models/translation.ts'
import { standinModel, standinVocabulary } from './standin.ts'

/** Marian's setting under which the stand-in runs: its numbers are not the 8-bit ones of the real models. */
export const STANDIN_CONFIG = { 'gemm-precision': 'float32' }

/** A stand-in model as packed files, with its pins; `base` is where it would be fetched from. */
export function standin(from: string, to: string, base: string, seed = 1) {
  const files: ReadonlyMap<string, Buffer> = new Map(
    [['model.bin.gz', standinModel(seed)] as const, ['vocab.spm.gz', standinVocabulary()] as const].map(
      ([name, bytes]) => [name, gzipSync(bytes)] as const,
    ),
  )
  const id = `translate-${from}-${to}`
  const model: TranslationModel = {
    id,
    from,
    to,
    licence: 'CC0-1.0',
    languages: [from, to],
    files: [...files].map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      from: { url: `${base}/${id}/${path}` },
    })),
  }
  return { model, files }
}

/** Puts the files of a stand-in into a models folder. */
export function install({ model, files }: ReturnType<typeof standin>, folder: string): void {
  mkdirSync(join(folder, model.id), { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, model.id, name), bytes)
}

/** Lists stand-ins as models of the host's own and puts their files beside the list: the child of the engine finds them there. */
export function installOwn(made: readonly ReturnType<typeof standin>[], folder: string): void {
  for (const one of made) install(one, folder)
  const list = made.map(({ model: { id, from, to, licence, files } }) => ({
    id,
    from,
    to,
    licence,
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    arithmetic: STANDIN_CONFIG['gemm-precision'],
  }))
  writeFileSync(join(folder, OWN_TRANSLATION), JSON.stringify(list))
}
