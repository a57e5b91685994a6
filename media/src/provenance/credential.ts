import * as x509 from '@peculiar/x509'
import { type Asset, BMFF, JPEG, PNG } from '@trustnxt/c2pa-ts/asset'
import { CoseAlgorithmIdentifier, type Signer } from '@trustnxt/c2pa-ts/cose'
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf'
import {
  ActionAssertion,
  ActionType,
  BMFFHashAssertion,
  DataHashAssertion,
  DigitalSourceType,
  ManifestStore,
} from '@trustnxt/c2pa-ts/manifest'
import { isMp4, mp4WithRoom } from './mp4.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Who signs: a key, its certificate, and the one that vouches for it. */
export type CredentialSigner = Signer

/**
 * Makes a signer of this studio's own: an authority and a certificate for signing claims, both new. It proves that the
 * file was not changed since it was made here; who "here" is, it does not prove, and verifiers say so (untrusted).
 * c2pa-ts' own signer writes DER where COSE wants r|s (RFC 9053 2.1); WebCrypto's answer is r|s already.
 */
export async function newSigner(producer: string, now: Date = new Date()): Promise<CredentialSigner> {
  const { subtle } = globalThis.crypto
  x509.cryptoProvider.set(globalThis.crypto)
  const authority = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const own = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const name = producer.replaceAll(/[,+="\\<>#;\r\n]/g, ' ').trim() || 'Sotto'
  const until = new Date(now.getTime() + 3650 * 86_400_000)
  const from = new Date(now.getTime() - 86_400_000)
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${name} authority, O=${name}`,
    notBefore: from,
    notAfter: until,
    keys: authority,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  })
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${name}, O=${name}`,
    issuer: root.subject,
    notBefore: from,
    notAfter: until,
    publicKey: own.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.emailProtection], false),
      await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  })
  return {
    algorithm: CoseAlgorithmIdentifier.ES256,
    certificate,
    chainCertificates: [root],
    sign: async (payload) => new Uint8Array(await subtle.sign(algorithm, own.privateKey, Uint8Array.from(payload))),
  }
}

function serial(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(12))
  // Positive, whatever comes.
  bytes[0] = 1 + ((bytes[0] ?? 0) & 63)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * c2pa-ts knows the boxes of MP4 but takes files of HEIC's brands alone. The list of brands is its own, and private; what
 * it keeps from doing with other brands, moving chunk offsets along, is done in mp4.ts.
 */
function takeMp4(): void {
  const { canReadBrands } = BMFF as unknown as { readonly canReadBrands: Set<string> }
  for (const brand of ['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1']) canReadBrands.add(brand)
}

/** The file as c2pa-ts sees it; none where it has no place for a credential. */
function assetOf(bytes: Uint8Array): (Asset & { getDataRange(): Promise<Uint8Array> }) | undefined {
  if (JPEG.canRead(bytes)) return new JPEG(bytes)
  if (PNG.canRead(bytes)) return new PNG(bytes)
  if (!isMp4(bytes)) return undefined
  takeMp4()
  return BMFF.canRead(bytes) ? new BMFF(bytes) : undefined
}

/** Bytes of the box around a manifest in MP4: header, type, purpose and offset (C2PA 2.1, A.5). */
const boxHeader = 45

/** Signs a JPEG, PNG or MP4: a C2PA manifest that says it was put together by a machine. Other formats have no place for one here. */
export async function withCredential(file: Uint8Array, id: string, signer: CredentialSigner): Promise<Uint8Array> {
  const bytes = Uint8Array.from(file)
  const asset = assetOf(bytes)
  if (asset === undefined) throw new RangeError('only JPEG, PNG and MP4 carry a credential')
  const film = asset instanceof BMFF
  const store = new ManifestStore()
  const manifest = store.createManifest({
    assetFormat: film ? 'video/mp4' : asset.mimeType,
    instanceID: `xmp:iid:${id}`,
    defaultHashAlgorithm: 'SHA-256',
    signer,
  })
  const hash = film ? BMFFHashAssertion.createV2('jumbf manifest', 'SHA-256') : DataHashAssertion.create('SHA-256')
  manifest.addAssertion(hash)
  const actions = new ActionAssertion()
  actions.actions.push({
    action: ActionType.C2paCreated,
    digitalSourceType: DigitalSourceType.CompositeSynthetic,
    softwareAgent: { name: 'Sotto' },
  })
  manifest.addAssertion(actions)
  const size = store.measureSize()
  const target = film ? new BMFF(roomFor(bytes, size)) : asset
  await target.ensureManifestSpace(size)
  await hash.updateWithAsset(target)
  await manifest.sign(signer)
  await target.writeManifestJUMBF(store.getBytes())
  return await (target as typeof asset).getDataRange()
}

/** The film with a place for the manifest where c2pa-ts puts it: behind the first box, chunks already moved along. */
function roomFor(film: Uint8Array, size: number): Uint8Array {
  const length = size + boxHeader
  const { bytes, at } = mp4WithRoom(film, length)
  bytes.set(BMFF.c2paBoxUserType, at + 8)
  bytes.set(new TextEncoder().encode('uuid'), at + 4)
  bytes.set(new TextEncoder().encode('manifest\0'), at + 28)
  return bytes
}

/** What a file's credential says, by c2pa-ts. Whether its signer can be trusted is another question, and not answered. */
export interface CredentialReport {
  readonly unchanged: boolean
  readonly signer: string
  readonly actions: readonly string[]
}

/** Reads the credential of a JPEG, PNG or MP4; none when there is none, or the file is another. */
export async function readCredential(file: Uint8Array): Promise<CredentialReport | undefined> {
  const bytes = Uint8Array.from(file)
  try {
    const asset = assetOf(bytes)
    const jumbf = asset?.getManifestJUMBF()
    if (asset === undefined || jumbf === undefined) return undefined
    const store = ManifestStore.read(SuperBox.fromBuffer(Uint8Array.from(jumbf)))
    const active = store.getActiveManifest()
    const result = await store.validate(asset)
    const actions = (active?.assertions?.assertions ?? []).flatMap((one) =>
      one instanceof ActionAssertion ? one.actions.map(({ action }) => String(action)) : [],
    )
    return { unchanged: result.isValid, signer: active?.signature?.signatureData.certificate?.subject ?? '', actions }
  } catch {
    return { unchanged: false, signer: '', actions: [] }
  }
}
