/** Pictures a person shows of themself: small, of a kind that is a picture and nothing else (C32). */
import { Problem } from '../problem.ts'

const MOST_BYTES = 64 * 1024
const SIGNATURES = { png: '89504e470d0a1a0a', jpeg: 'ffd8ff', webp: '52494646' } as const

/** Lets a data URL pass whose bytes are what it says. No SVG: it can hold programs. @throws Problem `avatar_invalid` */
export function requirePicture(dataUrl: string): string {
  const [, kind, base64] = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl) ?? []
  const bytes = Buffer.from(base64 ?? '', 'base64')
  const signature = SIGNATURES[kind as keyof typeof SIGNATURES]
  const fits = signature !== undefined && bytes.toString('hex', 0, signature.length / 2) === signature
  const isWebp = kind !== 'webp' || bytes.toString('latin1', 8, 12) === 'WEBP'
  if (!fits || !isWebp || bytes.length > MOST_BYTES) throw new Problem('avatar_invalid')
  return dataUrl
}
