import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { SealBrokenError, SinkSeekError } from '../error.ts'
import { chunkBytes, headerBytes, newHeader, plainOffset, plainSize, sealedChunkBytes, sealedSize } from './header.ts'
import { keyObject, newObjectKey, unwrapKey, wrapKey } from './key.ts'
import { SealedAppender } from './sealed-appender.ts'
import { sealedSink } from './sealed-sink.ts'
import { sealedSource } from './sealed-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'sotto-sealed-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = (): string => join(folder, `${files++}`)

function header() {
  return newHeader(randomBytes(16), randomBytes(60))
}

function sealed(plain: Uint8Array, key = keyObject(newObjectKey()), step = 10_007) {
  const path = newFile()
  const fd = openSync(path, 'wx+')
  const sink = sealedSink(fd, header(), key)
  for (let at = 0; at < plain.length; at += step) sink.write(at, plain.subarray(at, at + step))
  sink.end()
  sink[Symbol.dispose]()
  return { path, fd, key }
}

function unsealed(fd: number, key: ReturnType<typeof keyObject>): Buffer {
  using source = sealedSource(fd, key)
  return Buffer.concat([...source.pieces(0, source.size)].map((piece) => Buffer.from(piece)))
}

const sizes = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, 3 * chunkBytes + 17]

describe('sealed objects', () => {
  test.each(sizes)('%i bytes come back, and the file has the announced size', (size) => {
    const plain = randomBytes(size)
    const { fd, key } = sealed(plain)
    expect(unsealed(fd, key).equals(plain)).toBe(true)
    expect(fstatSync(fd).size).toBe(sealedSize(size))
    expect(plainSize(fstatSync(fd).size)).toBe(size)
    closeSync(fd)
  })

  test('any read at any place gives the plain bytes of that place', () => {
    const plain = randomBytes(3 * chunkBytes + 999)
    const { fd, key } = sealed(plain)
    using source = sealedSource(fd, key)
    fc.assert(
      fc.property(fc.nat(plain.length + 10), fc.nat(2 * chunkBytes), (position, length) => {
        const into = Buffer.alloc(length)
        const read = source.read(position, into)
        expect(into.subarray(0, read).equals(plain.subarray(position, position + length))).toBe(true)
      }),
      { numRuns: 200 },
    )
    closeSync(fd)
  })

  test('no plaintext is in the file', () => {
    const marker = createHash('sha256').update('marker').digest()
    const { path, fd } = sealed(Buffer.concat(Array.from({ length: 9000 }, () => marker)))
    expect(readFileSync(path).includes(marker.subarray(0, 8))).toBe(false)
    closeSync(fd)
  })

  test('the header of the plaintext may be patched until the end, no other full chunk', () => {
    const plain = randomBytes(3 * chunkBytes)
    const fd = openSync(newFile(), 'wx+')
    const key = keyObject(newObjectKey())
    const sink = sealedSink(fd, header(), key)
    sink.write(0, plain)
    sink.write(4, Buffer.from('patched'))
    expect(() => sink.write(chunkBytes + 1, Buffer.from('x'))).toThrow(SinkSeekError)
    expect(() => sink.write(chunkBytes - 1, Buffer.from('xy'))).toThrow(SinkSeekError)
    expect(() => sink.write(3 * chunkBytes + 1, Buffer.from('x'))).toThrow(SinkSeekError)
    sink.write(2 * chunkBytes, Buffer.from('still filling'))
    sink.end()
    plain.write('patched', 4)
    plain.write('still filling', 2 * chunkBytes)
    const back = unsealed(fd, key)
    expect(back.subarray(0, chunkBytes - 1).equals(plain.subarray(0, chunkBytes - 1))).toBe(true)
    expect(back.subarray(chunkBytes).equals(plain.subarray(chunkBytes))).toBe(true)
    closeSync(fd)
  })

  test('every flipped bit is detected', () => {
    const plain = randomBytes(2 * chunkBytes + 100)
    const { path, fd, key } = sealed(plain)
    const bytes = readFileSync(path)
    // The wrapped key is opaque here and its own tag protects it; the rest of the file is ours.
    const opaque = { from: 32 * 8, to: 92 * 8 }
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        fc.pre(bit < opaque.from || bit >= opaque.to)
        const touched = Buffer.from(bytes)
        touched[bit >> 3] = (touched[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        writeSync(fd, touched, 0, touched.length, 0)
        expect(() => unsealed(fd, key)).toThrow(SealBrokenError)
      }),
      { numRuns: 300 },
    )
    closeSync(fd)
  })

  test('every truncation is detected when the object is opened, also at a chunk boundary', () => {
    const { fd, key } = sealed(randomBytes(2 * chunkBytes + 100))
    const size = fstatSync(fd).size
    for (const cut of [
      size - 1,
      size - 116,
      size - 117,
      headerBytes + sealedChunkBytes,
      headerBytes + 5,
      headerBytes,
      9,
      0,
    ]) {
      ftruncateSync(fd, cut)
      expect(() => sealedSource(fd, key)).toThrow(SealBrokenError)
    }
    closeSync(fd)
  })

  test('swapped, repeated and foreign chunks are detected', () => {
    const one = sealed(randomBytes(4 * chunkBytes))
    const bytes = readFileSync(one.path)
    const other = readFileSync(sealed(randomBytes(4 * chunkBytes), one.key).path)
    const chunk = (from: Buffer, index: number): Buffer =>
      from.subarray(headerBytes + index * sealedChunkBytes, headerBytes + (index + 1) * sealedChunkBytes)
    const head = bytes.subarray(0, headerBytes)
    const orders = [
      [chunk(bytes, 1), chunk(bytes, 0), chunk(bytes, 2), chunk(bytes, 3)],
      [chunk(bytes, 0), chunk(bytes, 0), chunk(bytes, 2), chunk(bytes, 3)],
      [chunk(bytes, 0), chunk(other, 1), chunk(bytes, 2), chunk(bytes, 3)],
      [chunk(bytes, 0), chunk(bytes, 1), chunk(bytes, 3)],
      [chunk(bytes, 0), chunk(bytes, 1), chunk(bytes, 2), chunk(bytes, 3), chunk(bytes, 3)],
    ]
    for (const order of orders) {
      const all = Buffer.concat([head, ...order])
      ftruncateSync(one.fd, 0)
      writeSync(one.fd, all, 0, all.length, 0)
      expect(() => unsealed(one.fd, one.key)).toThrow(SealBrokenError)
    }
    closeSync(one.fd)
  })

  test('another key opens nothing', () => {
    const { fd } = sealed(randomBytes(1000))
    expect(() => sealedSource(fd, keyObject(newObjectKey()))).toThrow(SealBrokenError)
    closeSync(fd)
  })
})

describe('wrapped object keys', () => {
  test('unwrap with the same key and place only', () => {
    const item = keyObject(newObjectKey())
    const key = newObjectKey()
    const wrapped = wrapKey(item, key, Buffer.from('object 1'))
    expect(wrapped.length).toBe(60)
    expect(unwrapKey(item, wrapped, Buffer.from('object 1')).equals(key)).toBe(true)
    expect(() => unwrapKey(item, wrapped, Buffer.from('object 2'))).toThrow(SealBrokenError)
    expect(() => unwrapKey(keyObject(newObjectKey()), wrapped, Buffer.from('object 1'))).toThrow(SealBrokenError)
    wrapped[20] = (wrapped[20] ?? 0) ^ 1
    expect(() => unwrapKey(item, wrapped, Buffer.from('object 1'))).toThrow(SealBrokenError)
  })
})

describe('an appended object', () => {
  test.each(sizes)('of %i bytes reads back', async (size) => {
    const plain = randomBytes(size)
    const fd = openSync(newFile(), 'wx+')
    const key = keyObject(newObjectKey())
    const appender = SealedAppender.create(fd, header(), key)
    for (let at = 0; at < size; at += 33_333) appender.append(plain.subarray(at, at + 33_333))
    expect(await appender.sync()).toBe(Math.floor(size / chunkBytes) * chunkBytes)
    expect(plainOffset(fstatSync(fd).size)).toBe(appender.offset)
    appender.finish()
    expect(appender.offset).toBe(size)
    expect(unsealed(fd, key).equals(plain)).toBe(true)
    expect(SealedAppender.reopen(fd, key).finished).toBe(true)
    closeSync(fd)
  })

  test('an unfinished object does not open', () => {
    const fd = openSync(newFile(), 'wx+')
    const key = keyObject(newObjectKey())
    SealedAppender.create(fd, header(), key).append(randomBytes(2 * chunkBytes + 5))
    expect(() => sealedSource(fd, key)).toThrow(SealBrokenError)
    closeSync(fd)
  })

  test('breaks off anywhere and goes on: what was acknowledged stays, no nonce is used for other bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3 * chunkBytes), fc.nat(sealedChunkBytes + 40)), { minLength: 1, maxLength: 6 }),
        fc.nat(100_000),
        async (breaks, rest) => {
          const fd = openSync(newFile(), 'wx+')
          const key = keyObject(newObjectKey())
          let appender = SealedAppender.create(fd, header(), key)
          let sent = Buffer.alloc(0)
          const written = new Map<string, string>()
          const note = (): void => {
            // The same (epoch, chunk) must never hold two different ciphertexts.
            const epochs = appender.header.resumed
            for (let chunk = 0; chunk * sealedChunkBytes + headerBytes < fstatSync(fd).size; chunk++) {
              const epoch = epochs.filter((resumed) => resumed <= chunk).length
              const bytes = readFileSync(pathOf(fd)).subarray(
                headerBytes + chunk * sealedChunkBytes,
                headerBytes + (chunk + 1) * sealedChunkBytes,
              )
              const seen = written.get(`${epoch}/${chunk}`)
              const digest = bytes.toString('latin1')
              if (seen !== undefined) expect(digest.startsWith(seen) || seen.startsWith(digest)).toBe(true)
              written.set(`${epoch}/${chunk}`, digest)
            }
          }
          for (const [length, torn] of breaks) {
            const bytes = randomBytes(length)
            appender.append(bytes)
            const acknowledged = await appender.sync()
            note()
            // The process dies while it writes more.
            const more = randomBytes(2 * chunkBytes)
            appender.append(more)
            const durable = headerBytes + (acknowledged / chunkBytes) * sealedChunkBytes
            ftruncateSync(fd, Math.max(durable, fstatSync(fd).size - torn))
            note()
            appender = SealedAppender.reopen(fd, key)
            // More than was acknowledged may have survived: the sender asks for the offset and goes on from there.
            expect(appender.offset).toBeGreaterThanOrEqual(acknowledged)
            sent = Buffer.concat([sent, bytes, more]).subarray(0, appender.offset)
          }
          const tail = randomBytes(rest)
          appender.append(tail)
          appender.finish()
          note()
          const back = unsealed(fd, key)
          expect(back.equals(Buffer.concat([sent, tail]))).toBe(true)
          closeSync(fd)
        },
      ),
      { numRuns: 25 },
    )
  })
})

function pathOf(fd: number): string {
  return `/proc/self/fd/${fd}`
}
