import { AV_NOPTS_VALUE } from 'node-av/constants'
import { Packet } from 'node-av/lib'
import { expect, test } from 'vitest'
import { LimitError, SealBrokenError } from '../error.ts'
import { defaultLimits } from '../limits.ts'
import { testSound, written } from '../testing/sound.ts'
import { encode } from './encode.ts'
import { Input } from './input.ts'
import { MemorySink } from './sink.ts'
import { memorySource } from './source.ts'

test("node-av's callbacks run on the calling thread: everything is read and written before the call returns", () => {
  const file = written(testSound(44_100, 5), { format: 'mp3' })
  let reads = 0
  const inner = memorySource(file)
  const source = {
    ...inner,
    read(at: number, into: Uint8Array) {
      reads++
      return inner.read(at, into)
    },
  }
  // No await anywhere: if a callback needed the event loop, this would hang or read nothing.
  using input = Input.open(source)
  using packet = new Packet()
  packet.alloc()
  let packets = 0
  while (input.read(packet)) {
    expect(packet.pts).not.toBe(AV_NOPTS_VALUE)
    packets++
    packet.unref()
  }
  expect(reads).toBeGreaterThan(0)
  expect(packets).toBeGreaterThan(180)
})

test('what a source throws comes out as it was, not as an error of libav', () => {
  const file = written(testSound(44_100, 30), { format: 'wav' })
  const inner = memorySource(file)
  const source = {
    ...inner,
    read(at: number, into: Uint8Array) {
      if (at > 500_000) throw new SealBrokenError('chunk 7')
      return inner.read(at, into)
    },
  }
  using input = Input.open(source)
  using packet = new Packet()
  packet.alloc()
  expect(() => {
    while (input.read(packet)) packet.unref()
  }).toThrow(SealBrokenError)
})

test('an output that grows past its limit ends', () => {
  const limits = { ...defaultLimits, outputBytes: 100_000 }
  using encoder = encode(new MemorySink(), { format: 'wav', rate: 48_000, channels: 1, limits })
  expect(() => encoder.write(testSound(48_000, 5))).toThrow(LimitError)
})
