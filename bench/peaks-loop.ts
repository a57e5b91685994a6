/** The plainest possible peaks: a loop over samples from standard input, for bench/media.ts. */
const PER_PAIR = 441 * 2
let low = 0
let high = 0
let seen = 0
const pairs: number[] = []
for await (const bytes of process.stdin as AsyncIterable<Buffer>) {
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset & ~1, bytes.length >> 1)
  for (const sample of samples) {
    if (sample < low) low = sample
    if (sample > high) high = sample
    if (++seen === PER_PAIR) {
      pairs.push(low, high)
      low = high = seen = 0
    }
  }
}
if (pairs.length === 0) process.exit(1)
