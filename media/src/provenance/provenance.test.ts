import { X509Certificate } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { blankPixels } from '../face/pixels.ts'
import { type StillFormat, stillFormats, writePicture } from '../picture/write.ts'
import { aigcLabel, aigcXmp, readAigc } from './aigc.ts'
import { newSigner, withCredential } from './credential.ts'
import { verifyBytes } from './verify.ts'
import { readXmp, withXmp } from './xmp.ts'

const label = aigcLabel('Studio "A" & <B>', '00000000-0000-4000-8000-000000000001')

async function made(format: StillFormat): Promise<Uint8Array> {
  return withXmp(await writePicture(blankPixels(64, 48), format), aigcXmp(label))
}

describe('the labels in the data (C268; GB 45438, AI Act 50)', () => {
  test.each(stillFormats)('%s carries the AIGC fields, and stays a picture', async (format) => {
    const file = await made(format)
    expect(readAigc(readXmp(file) ?? '')).toEqual(label)
    const about = await sharp(file).metadata()
    expect([about.width, about.height]).toEqual([64, 48])
    expect(about.xmp?.toString()).toContain('TC260:AIGC')
    expect(about.exif).toBeUndefined()
    expect(await verifyBytes(file)).toMatchObject({ synthetic: true, aigc: label, credential: null })
  })

  test.each(['jpg', 'png'] as const)('%s carries a credential that notices every changed pixel', async (format) => {
    const signer = await newSigner('Studio, A')
    const file = await withCredential(await made(format), 'one', signer)
    const { credential, aigc } = await verifyBytes(file)
    expect(credential).toMatchObject({ unchanged: true, actions: ['c2pa.created'] })
    expect(aigc).toEqual(label)
    expect((await sharp(file).metadata()).width).toBe(64)
    const changed = Uint8Array.from(file)
    changed[file.length - 60] = (changed[file.length - 60] as number) ^ 1
    expect((await verifyBytes(changed)).credential?.unchanged).toBe(false)
  })

  test('the certificates are what C2PA asks for: a chain, for signing, not of an authority', async () => {
    const { certificate, chainCertificates, sign } = await newSigner('Sotto')
    const own = new X509Certificate(Buffer.from(certificate.rawData))
    const root = new X509Certificate(Buffer.from(chainCertificates[0]?.rawData ?? new ArrayBuffer()))
    expect(own.verify(root.publicKey)).toBe(true)
    expect([own.ca, root.ca]).toEqual([false, true])
    expect(own.keyUsage).toContain('1.3.6.1.5.5.7.3.4')
    // COSE wants r|s, 64 bytes; DER would be longer.
    expect((await sign(new Uint8Array(8))).length).toBe(64)
  })

  test('a plain picture says nothing, damage throws nothing', async () => {
    const plain = await writePicture(blankPixels(64, 48), 'jpg')
    expect(await verifyBytes(plain)).toEqual({ format: 'jpeg', aigc: null, credential: null, synthetic: false })
    const file = await withCredential(await made('png'), 'one', await newSigner('Sotto'))
    for (let cut = 40; cut < file.length; cut += 997) await verifyBytes(file.subarray(0, cut))
  })
})
