/**
 * A translation model made by code for the tests: a Marian transformer of one layer each way with numbers that mean nothing, and a
 * vocabulary written by hand. Its output is noise; what loads it, runs it, cancels and replaces it is the real engine.
 */

const VOCABULARY = 64
const WIDTH = 32
const HEADS = 2
const INNER = 64

/** Marian's binary format, version 1: headers, names, shapes, padding to 256, data. Numbers are little-endian. */
export function standinModel(seed: number): Uint8Array {
  let state = seed
  const noise = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return (state / 2 ** 31 - 1) * scale
    })
  const items: { name: string; shape: number[]; data: Uint8Array; type: number }[] = []
  const add = (name: string, rows: number, columns: number, values?: Float32Array) => {
    const data = values ?? noise(rows * columns, Math.sqrt(3 / rows))
    items.push({ name, shape: [rows, columns], data: new Uint8Array(data.buffer), type: 0x404 })
  }
  const norm = (name: string) => {
    add(`${name}_ln_scale`, 1, WIDTH, new Float32Array(WIDTH).fill(1))
    add(`${name}_ln_bias`, 1, WIDTH, new Float32Array(WIDTH))
  }
  const attention = (name: string) => {
    for (const part of ['q', 'k', 'v', 'o']) {
      add(`${name}_W${part}`, WIDTH, WIDTH)
      add(`${name}_b${part}`, 1, WIDTH, new Float32Array(WIDTH))
    }
    norm(`${name}_Wo`)
  }
  const feedForward = (name: string) => {
    add(`${name}_W1`, WIDTH, INNER)
    add(`${name}_b1`, 1, INNER, new Float32Array(INNER))
    add(`${name}_W2`, INNER, WIDTH)
    add(`${name}_b2`, 1, WIDTH, new Float32Array(WIDTH))
    norm(`${name}_ffn`)
  }
  add('Wemb', VOCABULARY, WIDTH, noise(VOCABULARY * WIDTH, 1))
  attention('encoder_l1_self')
  feedForward('encoder_l1_ffn')
  attention('decoder_l1_self')
  attention('decoder_l1_context')
  feedForward('decoder_l1_ffn')
  add('decoder_ff_logit_out_b', 1, VOCABULARY, new Float32Array(VOCABULARY))
  const config = `type: transformer
dim-emb: ${WIDTH}
dim-vocabs: [${VOCABULARY}, ${VOCABULARY}]
enc-depth: 1
dec-depth: 1
transformer-heads: ${HEADS}
transformer-dim-ffn: ${INNER}
transformer-ffn-depth: 2
transformer-ffn-activation: relu
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-decoder-autoreg: self-attention
tied-embeddings-all: true
version: v1.9.0
\0`
  const text = new TextEncoder().encode(config)
  items.push({ name: 'special:model.yml', shape: [text.length], data: text, type: 0x101 })
  return marianBinary(items)
}

function marianBinary(items: readonly { name: string; shape: number[]; data: Uint8Array; type: number }[]): Uint8Array {
  const bytes: number[] = []
  const long = (value: number) => {
    for (let index = 0; index < 8; index += 1) bytes.push(Math.floor(value / 2 ** (8 * index)) & 255)
  }
  const padded = (length: number) => Math.ceil(length / 256) * 256
  long(1)
  long(items.length)
  for (const { name, type, shape, data } of items) {
    long(name.length + 1)
    long(type)
    long(shape.length)
    long(padded(data.length))
  }
  for (const { name } of items) bytes.push(...new TextEncoder().encode(name), 0)
  for (const { shape } of items)
    for (const size of shape) for (let index = 0; index < 4; index += 1) bytes.push((size >> (8 * index)) & 255)
  const at = bytes.length + 8
  long(padded(at) - at)
  bytes.push(...new Array<number>(padded(at) - at).fill(0))
  for (const { data } of items) bytes.push(...data, ...new Array<number>(padded(data.length) - data.length).fill(0))
  return Uint8Array.from(bytes)
}

/** A SentencePiece vocabulary (sentencepiece_model.proto): end, unknown, the space sign, letters, and words to answer with. */
export function standinVocabulary(): Uint8Array {
  const letters = [...'▁abcdefghijklmnopqrstuvwxyz.,!?0123456789']
  const fill = Array.from({ length: VOCABULARY - 2 - letters.length }, (_, index) => `▁x${index}`)
  const pieces = ['</s>', '<unk>', ...letters, ...fill]
  const out: number[] = []
  pieces.forEach((piece, index) => {
    const text = new TextEncoder().encode(piece)
    const score = new Uint8Array(Float32Array.of(-index / 10).buffer)
    const type = index === 0 ? 3 : index === 1 ? 2 : 1
    const body = [0x0a, text.length, ...text, 0x15, ...score, 0x18, type]
    out.push(0x0a, body.length, ...body)
  })
  const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
  // TrainerSpec: unigram; unk 1, no beginning, end 0, no padding (fields 40 to 43).
  const trainer = [
    0x18,
    1,
    0x20,
    VOCABULARY,
    0xc0,
    0x02,
    1,
    0xc8,
    0x02,
    ...minusOne,
    0xd0,
    0x02,
    0,
    0xd8,
    0x02,
    ...minusOne,
  ]
  out.push(0x12, trainer.length, ...trainer)
  const normaliser = [0x0a, 8, ...new TextEncoder().encode('identity'), 0x18, 1, 0x20, 1, 0x28, 1]
  out.push(0x1a, normaliser.length, ...normaliser)
  return Uint8Array.from(out)
}
