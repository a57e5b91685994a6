import { UnreadableMediaError } from '../error.ts'
import { pictureKind } from '../picture/kind.ts'
import { type AigcLabel, readAigc } from './aigc.ts'
import { type CredentialReport, readCredential } from './credential.ts'
import { readXmp } from './xmp.ts'

/** What a file says of how it was made. Absence proves nothing: labels can be removed. */
export interface Verification {
  /** JPEG, PNG, WebP ... as the bytes say. */
  readonly format: string
  /** The GB 45438 fields, or null. */
  readonly aigc: AigcLabel | null
  /** The C2PA credential, or null. */
  readonly credential: CredentialReport | null
  /** Does anything in it say it was made by a machine? */
  readonly synthetic: boolean
}

/** Reads the labels of a picture back. Works wherever typed arrays do. */
export async function verifyBytes(bytes: Uint8Array): Promise<Verification> {
  const format = pictureKind(bytes)
  if (format === undefined) throw new UnreadableMediaError('not a picture whose labels can be read here')
  const xmp = readXmp(bytes)
  const aigc = (xmp === undefined ? undefined : readAigc(xmp)) ?? null
  const credential = (await readCredential(bytes)) ?? null
  return { format, aigc, credential, synthetic: aigc !== null || credential !== null }
}
