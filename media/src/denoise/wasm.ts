import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EngineMissingError } from '../error.ts'

/** Where the package keeps a module's bytes. @throws EngineMissingError */
async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const entry = createRequire(import.meta.url).resolve('@sapphi-red/web-noise-suppressor')
    return new Uint8Array(await readFile(join(dirname(entry), file)))
  } catch {
    throw new EngineMissingError(`${file} is not installed: npm install @sapphi-red/web-noise-suppressor@0.4.1`)
  }
}

interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
type Instantiate = (
  bytes: Uint8Array,
  imports: Readonly<Record<string, Readonly<Record<string, (...args: number[]) => unknown>>>>,
) => Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>
/** Part of the language's host everywhere, but typed only in the browser's library. */
const { instantiate } = (globalThis as unknown as { readonly WebAssembly: { readonly instantiate: Instantiate } })
  .WebAssembly

/** An instance of an Emscripten module without its JavaScript, which refuses to run outside an audio worklet. */
export interface WasmModule {
  readonly memory: Memory
  call(name: string, ...args: number[]): number
}

/** Opens a module; `names` says what its memory, its start function and the start's imports are called. */
export async function openWasm(
  file: string,
  names: {
    readonly memory: string
    readonly start: string
    readonly module: string
    readonly grow: string
    readonly fail: string
    readonly copy?: string
  },
): Promise<WasmModule> {
  let memory: Memory | undefined
  const bytes = () => new Uint8Array(memory?.buffer ?? new ArrayBuffer(0))
  const imports = {
    [names.module]: {
      [names.fail]: () => {
        throw new EngineMissingError(`${file}: an assertion failed`)
      },
      [names.grow]: (size: number) => {
        const missing = Math.ceil(((size >>> 0) - bytes().length) / 65_536)
        memory?.grow(Math.max(0, missing) + 16)
        return 1
      },
      ...(names.copy === undefined
        ? {}
        : {
            [names.copy]: (to: number, from: number, length: number) => {
              bytes().copyWithin(to, from, from + length) // answers nothing: an array would be made a number, slowly
            },
          }),
    },
  }
  const { instance } = await instantiate(await bytesOf(file), imports)
  const exported = instance.exports
  memory = exported[names.memory] as Memory
  const call = (name: string, ...args: number[]) => {
    const found = exported[name]
    if (typeof found !== 'function') throw new EngineMissingError(`${file} has no function ${name}`)
    return Number(found(...args) ?? 0)
  }
  call(names.start)
  return { memory, call }
}
