/** Whether a phone number can be guessed from what is there: by trying what anybody with the machine would try. */
import { createHash, createHmac } from 'node:crypto'
import { type Needle, spellings } from './needles.ts'

/** The ways a Chinese mobile number is written, without what no search could tell from chance. */
export function writtenAs(number: string): string[] {
  const national = number.replace(/^\+86/, '')
  const [a, b, c] = [national.slice(0, 3), national.slice(3, 7), national.slice(7)]
  return [number, national, `0086${national}`, `86${national}`, `${a} ${b} ${c}`, `${a}-${b}-${c}`, `${a}${b} ${c}`]
}

/** Needles for the number itself, as text and as an integer of eight bytes. */
export function numberNeedles(number: string): Needle[] {
  const national = BigInt(number.replace(/^\+86/, ''))
  const integers = [national, BigInt(number.slice(1))].flatMap((value) => {
    const [little, big] = [Buffer.alloc(8), Buffer.alloc(8)]
    little.writeBigUInt64LE(value)
    big.writeBigUInt64BE(value)
    return [little, big]
  })
  const texts = [...new Set(writtenAs(number).map((text) => text.replace(/^(\+86|0086|86)/, '')))]
  return [
    ...texts.flatMap((text) => spellings(`the number as ${text.length} letters`, text)),
    ...integers.map((bytes) => ({ name: 'the number as an integer', bytes })),
  ]
}

/** Needles for everything somebody with these keys could compute from a guess of the number. */
export function guesses(number: string, keys: readonly Buffer[]): Needle[] {
  const needles: Needle[] = []
  for (const spelled of writtenAs(number))
    for (const text of [spelled, `phone\0${spelled}`, `phone:${spelled}`, `tel:${spelled}`]) {
      const digests = ['sha256', 'sha512', 'sha1', 'md5'].map((name) => createHash(name).update(text).digest())
      for (const key of keys)
        for (const name of ['sha256', 'sha1']) digests.push(createHmac(name, key).update(text).digest())
      for (const digest of digests) {
        // A third of a digest is a digest that was cut; nothing else has these bytes.
        const bytes = digest.subarray(0, 12)
        needles.push({ name: 'a hash of the number', bytes })
        needles.push({ name: 'a hash of the number in hex', bytes: Buffer.from(bytes.toString('hex')) })
        needles.push({ name: 'a hash of the number in base64', bytes: Buffer.from(bytes.toString('base64')) })
        needles.push({ name: 'a hash of the number in base64url', bytes: Buffer.from(bytes.toString('base64url')) })
      }
    }
  return needles
}
