/**
 * The child of one face job: takes a picture over its pipe, finds the points, or puts the face into a clip, gives that
 * away once, dies. Picture, points and film lie in its memory alone, sealed under keys that were made here and leave it
 * never; it writes to no disk and has no network. See job.ts for the parent's side. (C264, C266, C267, C269, C270, C272; G4)
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { fds } from '../../child/message.ts'
import { MemorySink } from '../../container/sink.ts'
import { MediaError } from '../../error.ts'
import { defaultLimits } from '../../limits.ts'
import { faceClip } from '../../operation/face-clip.ts'
import { asPoints, noFace } from '../../operation/face-points.ts'
import { readPicture } from '../../picture/read.ts'
import { keyObject } from '../../sealed/key.ts'
import { FaceFinder } from './finder.ts'
import type { FaceJobMessage, FaceJobOrder } from './job.ts'

function end(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

function send(message: FaceJobMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fds.messages, bytes, done)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') end()
    }
  }
}

/** Something sealed in memory; without its key nothing. */
interface Sealed {
  readonly nonce: Buffer
  readonly tag: Buffer
  readonly bytes: Buffer
}

function seal(plain: Buffer, key: KeyObject): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const bytes = Buffer.concat([cipher.update(plain), cipher.final()])
  plain.fill(0)
  return { nonce, bytes, tag: cipher.getAuthTag() }
}

function unseal({ nonce, bytes, tag }: Sealed, key: KeyObject): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

function newKey(): KeyObject {
  const bytes = randomBytes(32)
  const key = keyObject(bytes)
  bytes.fill(0)
  return key
}

let made: { readonly sealed: Sealed; readonly key: KeyObject; readonly film: boolean } | undefined

function keep(plain: Buffer, film: boolean, faces: number, afterMs: number): void {
  const key = newKey()
  made = { sealed: seal(plain, key), key, film }
  send({ ready: { faces } })
  setTimeout(end, afterMs)
}

async function work(order: Extract<FaceJobOrder, { picture: string }>): Promise<void> {
  const pictureKey = newKey()
  const picture = seal(Buffer.from(order.picture, 'base64'), pictureKey)
  setTimeout(end, order.hardMs)
  send({ held: true })
  const plain = unseal(picture, pictureKey)
  picture.bytes.fill(0)
  if (order.clip !== undefined) {
    const film = new MemorySink()
    await faceClip(plain, undefined, film, order.clip, {
      limits: { ...defaultLimits, pixels: order.pixels },
      onProgress: ({ done, total }) => send({ progress: { done, total } }),
    })
    plain.fill(0)
    keep(Buffer.from(film.bytes.buffer, film.bytes.byteOffset, film.bytes.length), true, 1, order.afterMs)
    return
  }
  const pixels = await readPicture(plain, { pixels: order.pixels, longest: 4096 })
  plain.fill(0)
  using finder = new FaceFinder()
  const found = await finder.find(pixels, { tiles: 'auto' })
  pixels.data.fill(0)
  if (found.faces.length === 0) throw noFace(found.refused)
  const answer = {
    width: Math.round(pixels.width * pixels.scale),
    height: Math.round(pixels.height * pixels.scale),
    ...asPoints(found, pixels.scale),
  }
  keep(Buffer.from(JSON.stringify(answer)), false, answer.faces.length, order.afterMs)
}

function give(): never {
  if (made !== undefined) {
    const plain = unseal(made.sealed, made.key)
    send(made.film ? { film: plain.toString('base64') } : { points: JSON.parse(plain.toString()) })
  }
  end()
}

function fail(error: unknown): never {
  send({
    failed:
      error instanceof MediaError
        ? { code: error.code, message: error.message }
        : { code: 'engine-crashed', message: 'the face engine failed' },
  })
  end()
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
let received = ''
const parent = new Socket({ fd: fds.job, readable: true, writable: false })
parent.setEncoding('utf8')
parent.on('data', (text: string) => {
  received += text
  if (!text.includes('\n')) return
  const lines = received.split('\n')
  received = lines.pop() ?? ''
  for (const line of lines) {
    const order = JSON.parse(line) as FaceJobOrder
    if ('picture' in order) work(order).catch(fail)
    else give()
  }
})
parent.on('error', end)
parent.on('close', end)
send({ up: true })
