/** The server's way to the points: the picture goes there, made small; the points come back once; a receipt says when all was gone. */
import type { Face } from '@sotto/media/face/find'
import type { Pixels } from '@sotto/media/face/pixels'
import { api } from '../api/api.ts'
import { NoPictureError } from './pictures.ts'

/** What the server says it held, and when nothing of it was left. */
export interface Receipt {
  readonly received_at: string
  readonly destroyed_at: string | null
}

/** Finds faces by the server. @throws ProblemError what the server refuses with */
export async function pointsByServer(pixels: Pixels): Promise<{ faces: readonly Face[]; receipt: Receipt }> {
  const { id } = await api.call('POST /api/faces', { body: { picture: await pictureToSend(pixels) } })
  const found = await api.call('POST /api/faces/:id/points', { params: { id } })
  const receipt = await api.call('GET /api/faces/:id', { params: { id } })
  return {
    faces: found.faces.map((face) => ({ ...face, points: Float32Array.from(face.points.flat()) })),
    receipt,
  }
}

/** The picture as JPEG in base64, with nothing in it but the pixels. */
export async function pictureToSend(pixels: Pixels): Promise<string> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height)
  const context = canvas.getContext('2d')
  if (context === null) throw new NoPictureError('no canvas')
  context.putImageData(new ImageData(Uint8ClampedArray.from(pixels.data), pixels.width, pixels.height), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new NoPictureError('unreadable'))
    reader.readAsDataURL(blob)
  })
  return address.slice(address.indexOf(',') + 1)
}
