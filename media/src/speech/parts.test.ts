import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowTimes } from './align.ts'
import { SampleBuffer } from './buffer.ts'
import { fitToSound } from './edge.ts'
import { errorRate, unitsOf } from './error-rate.ts'
import { LevelGate } from './level.ts'
import { compressionRatio, loopLength, withoutLoop } from './loop.ts'
import { logMel, SPEECH_RATE } from './mel.ts'
import { bytesField, concat, numberField, type OnnxNode, readModel, writeModel } from './onnx.ts'
import { segmentsOf } from './segment.ts'
import { toSimplified } from './simplified.ts'
import { type Span, SpanFinder } from './span.ts'
import { VAD_FRAME } from './vad.ts'
import { toRecording, type Window, WindowPacker } from './window.ts'

test('a loop is found when it is one, and cut to its first round', () => {
  const speech = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  expect(loopLength([...speech, 5, 5, 5])).toBe(0)
  expect(loopLength([...speech, ...Array(8).fill(5)])).toBe(1)
  expect(withoutLoop([...speech, ...Array(8).fill(5)])).toEqual([...speech, 5])
  const round = [20, 21, 22, 23, 24]
  expect(withoutLoop([...speech, ...round, ...round, ...round])).toEqual([...speech, ...round])
  expect(withoutLoop([...speech, ...round, ...round])).toEqual([...speech, ...round, ...round])
  expect(compressionRatio('thank you very much. '.repeat(30))).toBeGreaterThan(2.4)
  expect(compressionRatio('It was not so much the loss of the cotton itself but the fantasy.')).toBeLessThan(1.6)
})

test('spans become windows that hold every span once, in order, in 30 s, and times find their way back', () => {
  const frames = fc.array(fc.tuple(fc.integer({ min: 5, max: 700 }), fc.integer({ min: 9, max: 300 })), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(frames, (parts) => {
      const finder = new SpanFinder()
      const packer = new WindowPacker()
      const spans: Span[] = []
      const windows: Window[] = []
      const take = (found: Span[]) => {
        for (const span of found) {
          spans.push(span)
          windows.push(...packer.push(span))
        }
      }
      for (const [voiced, silent] of parts)
        take(finder.push(Float32Array.from({ length: voiced + silent }, (_, n) => (n < voiced ? 0.9 : 0.05))))
      take(finder.flush())
      windows.push(...packer.flush())
      expect(windows.flatMap((window) => window.spans)).toEqual(spans)
      const voiced = parts.reduce((sum, [count]) => sum + count, 0)
      expect(spans.reduce((sum, span) => sum + (span.end - span.start) / VAD_FRAME, 0)).toBe(voiced)
      let clock = 0
      for (const { pieces, spans: own } of windows) {
        expect(pieces.reduce((sum, piece) => sum + piece.end - piece.start, 0)).toBeLessThanOrEqual(30 * SPEECH_RATE)
        for (const piece of pieces) {
          expect(piece.start).toBeGreaterThanOrEqual(clock)
          clock = piece.end
        }
        for (const span of own)
          expect(pieces.some((piece) => piece.start <= span.start && span.end <= piece.end)).toBe(true)
        const first = pieces[0]
        if (first) expect(toRecording({ pieces, spans: own }, 0)).toBe(first.start / SPEECH_RATE)
      }
    }),
  )
})

test('the sample buffer gives back what it holds, silence elsewhere', () => {
  const buffer = new SampleBuffer()
  buffer.append(Float32Array.of(1, 2, 3))
  buffer.append(Float32Array.of(4, 5, 6))
  buffer.dropBefore(4)
  expect([...buffer.slice(1, 8)]).toEqual([0, 0, 4, 5, 6, 0, 0])
  expect(buffer.end).toBe(6)
})

test('quiet speech is made louder, silence stays silent, loud sound is not touched', () => {
  const tone = Float32Array.from({ length: 10 * SPEECH_RATE }, (_, n) => Math.sin(n / 5))
  const rms = (samples: Float32Array) =>
    Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)
  const at = (level: number) => tone.map((value) => value * Math.SQRT2 * 10 ** (level / 20))
  expect(20 * Math.log10(rms(new LevelGate().apply(at(-57), 10).samples))).toBeCloseTo(-23, 0)
  expect(new LevelGate().apply(at(-20), 10).samples).toEqual(at(-20))
  expect(new LevelGate().apply(at(-80), 10)).toEqual({ samples: new Float32Array(tone.length), audible: false })
  const gate = new LevelGate()
  gate.apply(at(-20), 10)
  expect(20 * Math.log10(rms(gate.apply(at(-60), 10).samples)), 'a pause after speech').toBeCloseTo(-60, 0)
})

test('attention along a diagonal gives its times', () => {
  const rows = Array.from({ length: 6 }, (_, row) => {
    const attention = new Float32Array(2 * 1500)
    for (const head of [0, 1]) for (let t = 0; t < 10; t += 1) attention[head * 1500 + row * 20 + t] = 0.1
    return attention
  })
  const times = rowTimes(rows, 2, 2.4)
  times.forEach((time, row) => {
    expect(Math.abs(time - row * 0.4)).toBeLessThanOrEqual(0.25)
    expect(time).toBeGreaterThanOrEqual(times[row - 1] ?? 0)
  })
})

test('a boundary near a pause becomes the pause', () => {
  const samples = Float32Array.from({ length: 3 * SPEECH_RATE }, (_, n) => {
    const t = n / SPEECH_RATE
    return (t > 0.2 && t < 1) || (t > 1.6 && t < 2.8) ? 0.3 * Math.sin(n / 4) : 0
  })
  const words = [
    { start: 0, end: 1.5, text: 'one' },
    { start: 1.5, end: 2.2, text: 'two' },
    { start: 2.2, end: 3, text: 'three' },
  ]
  const fitted = fitToSound(words, samples)
  const want = [
    [0.2, 1],
    [1.6, 2.3],
    [2.3, 2.8],
  ]
  fitted.forEach((word, index) => {
    expect(word.start).toBeCloseTo(want[index]?.[0] as number, 1)
    expect(word.end).toBeCloseTo(want[index]?.[1] as number, 1)
  })
})

test('segments end with sentences and at clear pauses', () => {
  const word = (text: string, start: number) => ({ text, start, end: start + 0.4 })
  const words = [word('One', 0), word('two.', 0.5), word('Three', 1), word('four', 2.5)]
  expect(segmentsOf(words).map((segment) => segment.text)).toEqual(['One two.', 'Three', 'four'])
  expect(segmentsOf([])).toEqual([])
})

test('the spectrogram of silence is flat, of a tone is not, and both have the shape', () => {
  const silence = logMel(new Float32Array(1000))
  expect(silence.length).toBe(80 * 3000)
  expect(new Set(silence).size).toBe(1)
  const tone = logMel(
    Float32Array.from({ length: SPEECH_RATE }, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / SPEECH_RATE)),
  )
  const frame = Array.from({ length: 80 }, (_, mel) => tone[mel * 3000 + 50] as number)
  // 1 kHz is 15 mel of 45.245 over 81 steps: between bands 25 and 26
  expect([25, 26]).toContain(frame.indexOf(Math.max(...frame)))
})

test('characters become simplified and keep their words, marks are set as in Chinese', async () => {
  expect(await toSimplified(['廣', '州,', '後', '來', 'GPT', '3.5.'])).toEqual([
    '广',
    '州，',
    '后',
    '来',
    'GPT',
    '3.5.',
  ])
})

test('error rates count words, in Chinese characters, not punctuation or spelling', () => {
  expect(errorRate('Mr Quilter is here', 'Mister Quilter, is... here!', 'en')).toEqual({ errors: 0, units: 4 })
  expect(errorRate('one two three', 'one three four', 'en')).toEqual({ errors: 2, units: 3 })
  expect(errorRate("cent pour cent d'étudier", 'cent pour cent d’étudier', 'fr').errors).toBe(0)
  expect(unitsOf('100% de certitude', 'fr')).toEqual(['cent', 'pour', 'cent', 'de', 'certitude'])
  expect(errorRate('广州市', '广州 是。', 'zh')).toEqual({ errors: 1, units: 3 })
})

test('a model file is read and written with nothing lost', () => {
  const node: OnnxNode = { op: 'If', inputs: ['a'], outputs: ['b'], attributes: [], domain: 'x', graphs: [] }
  const inner = { nodes: [{ ...node, op: 'Add' }], constants: [], rest: [concat(bytesField(2, 'inner'))] }
  const tensor = { name: 'w', type: 2, dims: [2, 300], data: new Uint8Array(600).fill(7) }
  const model = {
    graph: {
      nodes: [{ ...node, graphs: [{ name: 'then_branch', graph: inner }] }],
      constants: [tensor],
      rest: [concat(bytesField(2, 'main'))],
    },
    rest: [concat(numberField(1, 7))],
  }
  const again = readModel(writeModel(model))
  expect(again.rest).toEqual(model.rest)
  expect(again.graph.nodes).toEqual(model.graph.nodes)
  expect(again.graph.constants).toMatchObject([tensor])
  expect(writeModel(again)).toEqual(writeModel(model))
})
