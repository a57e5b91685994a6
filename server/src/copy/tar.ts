/** Writing a tar, entry by entry (POSIX.1-2001 ustar; sizes of 8 GiB and more in the GNU base-256 form). */

const BLOCK = 512
/** The largest size that eleven octal digits hold. */
const OCTAL_MOST = 8 ** 11 - 1

/** The header of one regular file. `name` is ASCII, 100 characters at most. @throws RangeError */
export function tarHeader(name: string, bytes: number, modified: Date): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new RangeError('not a name for an entry')
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii')
  header.write(name, 0, 'ascii')
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  if (bytes <= OCTAL_MOST) octal(bytes, 124, 12)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(bytes), 128)
  }
  octal(Math.floor(modified.getTime() / 1000), 136, 12)
  header.write('        ', 148, 'ascii')
  header.write('0', 156, 'ascii')
  header.write('ustar\x0000', 257, 'ascii')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return header
}

/** What fills the last block of an entry. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)
}

/** What ends a tar. */
export const TAR_END = Buffer.alloc(2 * BLOCK)
