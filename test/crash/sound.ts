/** A recording made by code: WAV, mono, 16 bit, 8 kHz, whose every 16 bytes of sound are the same mark. */

const HEADER = 44

/** `bytes` of sound that is nothing but the mark, with its header in front. */
export function wav(mark: Buffer, bytes: number): Buffer {
  const out = Buffer.alloc(HEADER + bytes)
  out.write('RIFF', 0)
  out.writeUInt32LE(HEADER - 8 + bytes, 4)
  out.write('WAVEfmt ', 8)
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(1, 20)
  out.writeUInt16LE(1, 22)
  out.writeUInt32LE(8000, 24)
  out.writeUInt32LE(16_000, 28)
  out.writeUInt16LE(2, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36)
  out.writeUInt32LE(bytes, 40)
  out.fill(mark, HEADER)
  return out
}
