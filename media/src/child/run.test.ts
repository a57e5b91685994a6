import { randomBytes } from 'node:crypto'
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { memorySource } from '../container/source.ts'
import {
  BadRequestError,
  CancelledError,
  LimitError,
  MediaError,
  mediaError,
  mediaErrorCodes,
  SealBrokenError,
  TooLongError,
  UnreadableMediaError,
} from '../error.ts'
import { pcmLength } from '../pcm/pcm.ts'
import { newHeader, type SealedHeader } from '../sealed/header.ts'
import { keyObject, newObjectKey } from '../sealed/key.ts'
import { sealedSink } from '../sealed/sealed-sink.ts'
import { sealedSource } from '../sealed/sealed-source.ts'
import { testSound, written } from '../testing/sound.ts'
import { runMedia } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'sotto-child-'))
const opened: number[] = []
afterAll(() => {
  for (const fd of opened) closeSync(fd)
  rmSync(folder, { recursive: true })
})
let files = 0

function file(bytes: Uint8Array = new Uint8Array()): { path: string; fd: number } {
  const path = join(folder, `${files++}`)
  writeFileSync(path, bytes)
  const fd = openSync(path, 'r+')
  opened.push(fd)
  return { path, fd }
}

function sealedFile(bytes: Uint8Array): { fd: number; path: string; key: Buffer } {
  const { fd, path } = file()
  const key = newObjectKey()
  const sink = sealedSink(fd, newHeader(randomBytes(16), randomBytes(60)), keyObject(key))
  sink.write(0, bytes)
  sink.end()
  return { fd, path, key }
}

const sound = testSound(48_000, 6, 1)
const wav = written(sound, { format: 'wav' })

describe('a task in the media child', () => {
  test('reads a sealed original and writes a sealed result; no plaintext on the way', async () => {
    const input = sealedFile(wav)
    const output = file()
    const header: SealedHeader = newHeader(randomBytes(16), randomBytes(60))
    const key = newObjectKey()
    const result = await runMedia(
      { kind: 'convert', format: 'flac' },
      { input, output: { fd: output.fd, key, header } },
    )
    expect(result).toMatchObject({ format: 'flac', duration: 6 })
    expect(readFileSync(output.path).includes('fLaC')).toBe(false)
    using source = sealedSource(output.fd, keyObject(key))
    expect(source.header).toEqual(header)
    const back = await decodeAll(source)
    expect(pcmLength(back)).toBe(pcmLength(sound))
    expect(back.channels[0]).toEqual((await decodeAll(memorySource(wav))).channels[0])
  })

  test('says how far it is', async () => {
    const stages: number[] = []
    await runMedia(
      { kind: 'convert', format: 'mp3' },
      {
        input: file(wav),
        output: file(),
        onEvent: (event) => event.type === 'progress' && stages.push(event.done / event.total),
      },
    )
    expect(stages.length).toBeGreaterThan(2)
    expect(stages.at(-1)).toBeGreaterThan(0.9)
    expect([...stages].sort((a, b) => a - b)).toEqual(stages)
  })

  test('errors keep their class and code on the way', async () => {
    const broken = sealedFile(wav)
    writeSync(broken.fd, Buffer.from('x'), 0, 1, 70_000)
    await expect(runMedia({ kind: 'peaks' }, { input: broken })).rejects.toThrow(SealBrokenError)
    const cut = sealedFile(wav)
    ftruncateSync(cut.fd, statSync(cut.path).size - 10)
    await expect(runMedia({ kind: 'info' }, { input: cut })).rejects.toThrow(SealBrokenError)
    await expect(runMedia({ kind: 'info' }, { input: file(Buffer.from('no media')) })).rejects.toThrow(
      UnreadableMediaError,
    )
    await expect(runMedia({ kind: 'clip', from: 9, to: 10 }, { input: file(wav), output: file() })).rejects.toThrow(
      BadRequestError,
    )
    await expect(runMedia({ kind: 'peaks' }, { input: file(wav), limits: { decodedSeconds: 2 } })).rejects.toThrow(
      TooLongError,
    )
    await expect(
      runMedia(
        { kind: 'convert', format: 'wav' },
        { input: file(wav), output: file(), limits: { outputBytes: 100_000 } },
      ),
    ).rejects.toThrow(LimitError)
  })

  test('wall time ends it with a limit error', async () => {
    await expect(runMedia({ kind: 'info' }, { input: file(wav), limits: { wallSeconds: 0.001 } })).rejects.toThrow(
      LimitError,
    )
  })

  test('killed at any moment of its start it is gone, whole', async () => {
    for (let moment = 0; moment < 40; moment++) {
      const running = runMedia({ kind: 'info' }, { input: file(wav), limits: { wallSeconds: moment / 4000 } })
      await expect(running).rejects.toThrow(LimitError)
    }
  })

  test('memory used up inside an engine is a limit, not a crash', async () => {
    const speech = file(readFileSync(join(import.meta.dirname, '../../fixtures/jfk.opus')))
    const limits = { memoryBytes: 900 * 2 ** 20 } // enough for the engine to start, too little for its networks
    await expect(runMedia({ kind: 'transcribe', model: 'base' }, { input: speech, limits })).rejects.toThrow(LimitError)
  })

  test('cancelling kills the child, and the child is gone when that is answered', async () => {
    const long = file(written({ rate: 8000, channels: [new Float32Array(8000 * 1200)] }, { format: 'flac' }))
    const controller = new AbortController()
    const running = runMedia(
      { kind: 'convert', format: 'mp3' },
      { input: long, output: file(), signal: controller.signal, onEvent: () => controller.abort() },
    )
    await expect(running).rejects.toThrow(CancelledError)
    expect(childrenOf(process.pid)).toEqual([])
    await expect(runMedia({ kind: 'info' }, { input: long, signal: AbortSignal.abort() })).rejects.toThrow(
      CancelledError,
    )
  })

  test('a dead child is a named error', async () => {
    const long = file(written({ rate: 8000, channels: [new Float32Array(8000 * 1200)] }, { format: 'flac' }))
    const running = runMedia(
      { kind: 'convert', format: 'mp3' },
      {
        input: long,
        output: file(),
        onEvent() {
          for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGSEGV')
        },
      },
    )
    await expect(running).rejects.toMatchObject({ code: 'engine-crashed' })
  })

  test('keys are in neither arguments nor environment of the child', async () => {
    const input = sealedFile(written({ rate: 8000, channels: [new Float32Array(8000 * 600)] }, { format: 'flac' }))
    const seen: string[] = []
    await runMedia(
      { kind: 'convert', format: 'mp3' },
      {
        input,
        output: file(),
        onEvent() {
          for (const pid of childrenOf(process.pid, true))
            for (const part of ['cmdline', 'environ'])
              try {
                seen.push(readFileSync(`/proc/${pid}/${part}`, 'latin1'))
              } catch {
                // Gone already, or another user's view: nothing to see is what we want.
              }
        },
      },
    )
    const all = seen.join('\n')
    expect(all).toContain('main.ts')
    for (const form of ['base64', 'hex', 'latin1'] as const) expect(all.includes(input.key.toString(form))).toBe(false)
    for (const [name, value] of Object.entries(process.env))
      if (value !== undefined && value.length > 8 && !['PATH', 'LANG', 'SOTTO_MODELS'].includes(name))
        expect(all.includes(`\0${name}=${value}\0`)).toBe(false)
  })
})

test('every code has its class, and an unknown one is a crash', () => {
  for (const code of mediaErrorCodes) {
    const error = mediaError(code, 'x')
    expect(error).toBeInstanceOf(MediaError)
    expect(error.code).toBe(code)
    expect(error.name).toBe(error.constructor.name)
  }
  expect(mediaError('surprise', 'x').code).toBe('engine-crashed')
})

/** Living child processes of a process, from /proc; with all their descendants if asked. */
function childrenOf(parent: number, deep = false): number[] {
  const children: number[] = []
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1')
      const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const command = readFileSync(`/proc/${entry}/cmdline`, 'latin1')
      if (Number(ppid) === parent && state !== 'Z' && command.includes('child/main.ts')) children.push(Number(entry))
    } catch {
      // It ended while we looked.
    }
  return deep ? [...children, ...children.flatMap((child) => childrenOf(child, true))] : children
}
