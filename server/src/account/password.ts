/**
 * Password hashes: scrypt (RFC 7914) with N = 2^17, r = 8, p = 1, the first choice of the OWASP password storage sheet
 * among what every supported Node has (128 MiB and some 0.3 s each). Kept as a PHC string, sealed like all else.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const LN = 17
const R = 8
const P = 1
const LENGTH = 32
/** Hashes made at the same time: each takes 128 MiB, and a flood of sign-ins must not take the machine. */
const AT_ONCE = 2

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

function derive(password: string, salt: Buffer, ln: number, r: number, p: number, length: number): Promise<Buffer> {
  // One look for one password, however a keyboard composes its letters (RFC 8265 4.2).
  const text = password.normalize('NFC')
  const options = { N: 2 ** ln, r, p, maxmem: 128 * 2 ** ln * r + 1024 * 1024 }
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(text, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
      }),
  )
}

/** The hash to keep. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, LN, R, P, LENGTH)
  return `$scrypt$ln=${LN},r=${R},p=${P}$${salt.toString('base64')}$${key.toString('base64')}`
}

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/
/** What is checked where there is no account or no password, so that the answer takes as long. */
const NOBODY = `$scrypt$ln=${LN},r=${R},p=${P}$${randomBytes(16).toString('base64')}$${randomBytes(LENGTH).toString('base64')}`

/** Whether a password is the one behind a hash. Without a hash it takes as long and answers no. */
export async function passwordFits(password: string, hash: string | undefined): Promise<boolean> {
  const parts = PHC.exec(hash ?? NOBODY)
  if (!parts) throw new Error('a stored password hash is malformed')
  const [, ln, r, p, salt = '', key = ''] = parts
  const expected = Buffer.from(key, 'base64')
  const got = await derive(password, Buffer.from(salt, 'base64'), Number(ln), Number(r), Number(p), expected.length)
  return timingSafeEqual(got, expected) && hash !== undefined
}
