import { UnreadableMediaError } from '../error.ts'
import { pictureKind } from '../picture/kind.ts'
import { type AigcLabel, parseAigc, readAigc } from './aigc.ts'
import { type CredentialReport, readCredential } from './credential.ts'
import { isMatroska, matroskaTag } from './matroska.ts'
import { isMp4, mp4Tag } from './mp4.ts'
import { readXmp } from './xmp.ts'

/** What a file says of how it was made. Absence proves nothing: labels can be removed. */
export interface Verification {
  /** JPEG, PNG, WebP, MP4 ... as the bytes say. */
  readonly format: string
  /** The GB 45438 fields, or null. */
  readonly aigc: AigcLabel | null
  /** The C2PA credential, or null. */
  readonly credential: CredentialReport | null
  /** Does anything in it say it was made by a machine? */
  readonly synthetic: boolean
}

/** Reads the labels of a picture or film back. Works wherever typed arrays do. */
export async function verifyBytes(bytes: Uint8Array): Promise<Verification> {
  const format = isMp4(bytes) ? 'mp4' : isMatroska(bytes) ? 'webm' : pictureKind(bytes)
  if (format === undefined) throw new UnreadableMediaError('not a picture or film whose labels can be read here')
  const aigc = labelOf(bytes) ?? null
  const credential = (await readCredential(bytes)) ?? null
  return { format, aigc, credential, synthetic: aigc !== null || credential !== null }
}

function labelOf(bytes: Uint8Array): AigcLabel | undefined {
  if (isMp4(bytes) || isMatroska(bytes)) {
    const tag = isMp4(bytes) ? mp4Tag(bytes, 'AIGC') : matroskaTag(bytes, 'AIGC')
    return tag === undefined ? undefined : parseAigc(tag)
  }
  const xmp = readXmp(bytes)
  return xmp === undefined ? undefined : readAigc(xmp)
}
