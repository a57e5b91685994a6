/**
 * The child of one face job: takes a picture over its pipe, finds the points, gives them away once, dies. Picture and
 * points lie in its memory alone, sealed under keys that were made here and leave it never; it writes to no disk and has
 * no network. See job.ts for the parent's side. (C264, C266, C267, C269, C270, C272; G4)
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { fds } from '../../child/message.ts'
import { MediaError } from '../../error.ts'
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

let points: { readonly sealed: Sealed; readonly key: KeyObject } | undefined

async function work(order: Extract<FaceJobOrder, { picture: string }>): Promise<void> {
  const pictureKey = newKey()
  const picture = seal(Buffer.from(order.picture, 'base64'), pictureKey)
  setTimeout(end, order.hardMs)
  send({ held: true })
  const plain = unseal(picture, pictureKey)
  const pixels = await readPicture(plain, { pixels: order.pixels, longest: 4096 })
  plain.fill(0)
  using finder = new FaceFinder()
  const found = await finder.find(pixels, { tiles: 'auto' })
  pixels.data.fill(0)
  picture.bytes.fill(0)
  if (found.faces.length === 0) throw noFace(found.refused)
  const answer = {
    width: Math.round(pixels.width * pixels.scale),
    height: Math.round(pixels.height * pixels.scale),
    ...asPoints(found, pixels.scale),
  }
  const key = newKey()
  points = { sealed: seal(Buffer.from(JSON.stringify(answer)), key), key }
  send({ ready: { faces: answer.faces.length } })
  setTimeout(end, order.afterMs)
}

function give(): never {
  if (points !== undefined) send({ points: JSON.parse(unseal(points.sealed, points.key).toString()) })
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
