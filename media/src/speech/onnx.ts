/**
 * As much of the ONNX file format (onnx.proto, IR version 3 and later; Protocol Buffers wire format) as it takes to
 * read a graph and write it again with other nodes and constants. What is not understood is carried over as bytes.
 */

/** One field of a message: its number, wire type, value if it is a number, and where it and its content lie. */
interface Field {
  readonly number: number
  readonly wire: number
  readonly value: number
  readonly raw: Uint8Array
  readonly content: Uint8Array
}

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at] as number // a pinned file: not cut off
      at += 1
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const start = at
    const key = varint()
    const wire = key & 7
    const value = wire === 0 ? varint() : 0
    const length = wire === 2 ? varint() : wire === 5 ? 4 : wire === 1 ? 8 : 0
    const content = bytes.subarray(at, at + length)
    at += length
    yield { number: Math.floor(key / 8), wire, value, raw: bytes.subarray(start, at), content }
  }
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

function varintBytes(value: number): number[] {
  const bytes: number[] = []
  let left = value
  while (left >= 128) {
    bytes.push((left % 128) | 128)
    left = Math.floor(left / 128)
  }
  return [...bytes, left]
}

/** A field whose content is bytes or text. */
export function bytesField(number: number, content: Uint8Array | string): Uint8Array[] {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content
  return [Uint8Array.from([...varintBytes(number * 8 + 2), ...varintBytes(bytes.length)]), bytes]
}

/** A field whose content is a number. */
export function numberField(number: number, value: number): Uint8Array[] {
  return [Uint8Array.from([...varintBytes(number * 8), ...varintBytes(value)])]
}

/** The parts as one array. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A node: what it computes from which names to which. `attributes` are encoded; `graphs` are those among them that hold a graph (of `If`), taken apart. */
export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly domain?: string
  readonly attributes: readonly Uint8Array[]
  readonly graphs?: readonly { readonly name: string; readonly graph: OnnxGraph }[]
}

/** A constant. `type` is ONNX's: 1 float, 2 uint8, 3 int8. `data` are its little-endian bytes. */
export interface OnnxTensor {
  readonly name: string
  readonly type: number
  readonly dims: readonly number[]
  readonly data: Uint8Array
  /** As it stood in the file; written back unchanged. */
  readonly raw?: Uint8Array
}

/** A graph: nodes in order of computation, constants, and the rest (names, inputs, outputs) as bytes. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxTensor[]
  readonly rest: readonly Uint8Array[]
}

/** A model file: its graph, and the rest (versions, metadata) as bytes. */
export interface OnnxModel {
  readonly graph: OnnxGraph
  readonly rest: readonly Uint8Array[]
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  let name = ''
  let type = 0
  let data = new Uint8Array(0)
  const dims: number[] = []
  const numbers: number[] = []
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) dims.push(...(field.wire === 0 ? [field.value] : packed(field.content)))
    else if (field.number === 2) type = field.value
    else if (field.number === 8) name = decoder.decode(field.content)
    else if (field.number === 9 || field.number === 4) data = field.content.slice()
    else if (field.number === 5) numbers.push(...(field.wire === 0 ? [field.value] : packed(field.content)))
  }
  if (numbers.length > 0) data = Uint8Array.from(numbers, (value) => value & 255) // int32_data of 8-bit types
  return { name, type, dims, data, raw: bytes }
}

function packed(bytes: Uint8Array): number[] {
  const values: number[] = []
  let value = 0
  let scale = 1
  for (const byte of bytes) {
    value += (byte & 127) * scale
    scale *= 128
    if (byte < 128) {
      values.push(value)
      value = 0
      scale = 1
    }
  }
  return values
}

function readNode(bytes: Uint8Array): OnnxNode {
  const node = { op: '', domain: '', inputs: [] as string[], outputs: [] as string[] }
  const attributes: Uint8Array[] = []
  const graphs: { name: string; graph: OnnxGraph }[] = []
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) node.inputs.push(decoder.decode(field.content))
    else if (field.number === 2) node.outputs.push(decoder.decode(field.content))
    else if (field.number === 4) node.op = decoder.decode(field.content)
    else if (field.number === 7) node.domain = decoder.decode(field.content)
    else if (field.number === 5) {
      const parts = [...fieldsOf(field.content)]
      const graph = parts.find((part) => part.number === 6)
      const name = parts.find((part) => part.number === 1)
      if (graph && name) graphs.push({ name: decoder.decode(name.content), graph: readGraph(graph.content) })
      else attributes.push(field.content)
    }
  }
  return { ...node, attributes, graphs }
}

function readGraph(bytes: Uint8Array): OnnxGraph {
  const nodes: OnnxNode[] = []
  const constants: OnnxTensor[] = []
  const rest: Uint8Array[] = []
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) nodes.push(readNode(field.content))
    else if (field.number === 5) constants.push(readTensor(field.content))
    else rest.push(field.raw)
  }
  return { nodes, constants, rest }
}

/** Takes a model file apart. Meant for pinned files: damage is not looked for. */
export function readModel(bytes: Uint8Array): OnnxModel {
  let graph: OnnxGraph = { nodes: [], constants: [], rest: [] }
  const rest: Uint8Array[] = []
  for (const field of fieldsOf(bytes)) {
    if (field.number === 7) graph = readGraph(field.content)
    else rest.push(field.raw)
  }
  return { graph, rest }
}

function writeNode(node: OnnxNode): Uint8Array[] {
  const graphs = (node.graphs ?? []).flatMap(({ name, graph }) =>
    bytesField(5, concat([...bytesField(1, name), ...bytesField(6, writeGraph(graph)), ...numberField(20, 5)])),
  )
  return [
    ...node.inputs.flatMap((name) => bytesField(1, name)),
    ...node.outputs.flatMap((name) => bytesField(2, name)),
    ...bytesField(4, node.op),
    ...node.attributes.flatMap((attribute) => bytesField(5, attribute)),
    ...graphs,
    ...(node.domain ? bytesField(7, node.domain) : []),
  ]
}

function writeGraph(graph: OnnxGraph): Uint8Array {
  const parts: Uint8Array[] = []
  for (const node of graph.nodes) parts.push(...bytesField(1, concat(writeNode(node))))
  for (const { name, type, dims, data, raw } of graph.constants) {
    const head = [...dims.flatMap((dim) => numberField(1, dim)), ...numberField(2, type), ...bytesField(8, name)]
    parts.push(...bytesField(5, raw ?? concat([...head, ...bytesField(9, data)])))
  }
  return concat([...parts, ...graph.rest])
}

/** Puts a model file together. */
export function writeModel(model: OnnxModel): Uint8Array {
  return concat([...model.rest, ...bytesField(7, writeGraph(model.graph))])
}

/** An attribute that is a whole number. */
export function intAttribute(name: string, value: number): Uint8Array {
  return concat([...bytesField(1, name), ...numberField(3, value), ...numberField(20, 2)])
}
