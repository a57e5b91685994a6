import {
  bytesField,
  concat,
  intAttribute,
  numberField,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  readModel,
  writeModel,
} from './onnx.ts'

/**
 * How to multiply: `float` with weights widened to 32 bits, or `blocks` with 8-bit weights against activations that
 * are quantised in short blocks (ONNX Runtime's MatMulNBits).
 */
export type Arithmetic = 'float' | 'blocks'

const BLOCK = 128
const FLOAT = 1
const UINT8 = 2
const INT8 = 3

/**
 * The same 8-bit weights with better arithmetic around them. The published graphs quantise each whole activation to 8
 * bits with one scale ("dynamic quantisation"), which costs words, and widen and transpose the embedding for every
 * single token, which costs most of the decoder's time. Here multiplications become ones of the kind asked for, and
 * the scores are multiplied from the embedding as it lies.
 */
export function requantise(bytes: Uint8Array, arithmetic: Arithmetic): Uint8Array {
  const model = readModel(bytes)
  const constants = new Map(model.graph.constants.map((constant) => [constant.name, constant]))
  const made = new Map<string, OnnxTensor>()
  const graph = rewrite(model.graph, [], { arithmetic, constants, made })
  const used = namesUsed(graph)
  const kept = [...model.graph.constants, ...made.values()].filter((constant) => used.has(constant.name))
  const contrib = bytesField(8, concat([...bytesField(1, 'com.microsoft'), ...numberField(2, 1)]))
  const result: OnnxModel = { graph: { ...graph, constants: kept }, rest: [...model.rest, ...contrib] }
  return writeModel(result)
}

interface Context {
  readonly arithmetic: Arithmetic
  readonly constants: ReadonlyMap<string, OnnxTensor>
  readonly made: Map<string, OnnxTensor>
}

function rewrite(graph: OnnxGraph, outer: readonly OnnxNode[], context: Context): OnnxGraph {
  const scope = [...outer, ...graph.nodes]
  const maker = new Map(scope.flatMap((node) => node.outputs.map((name) => [name, node] as const)))
  const user = new Map(graph.nodes.flatMap((node) => node.inputs.map((name) => [name, node] as const)))
  const replaced = new Map<OnnxNode, OnnxNode>()
  for (const node of graph.nodes) {
    const [input = '', weights = ''] = node.inputs
    if (node.op === 'MatMulInteger' || node.op === 'ConvInteger') {
      const source = maker.get(input)?.inputs[0]
      const next = user.get(node.outputs[0] ?? '')
      const biased = next?.op === 'Add' ? next : undefined
      const cast = biased ? user.get(biased.outputs[0] ?? '') : next
      const scaled = user.get(cast?.outputs[0] ?? '')
      if (source === undefined || !scaled) throw new RangeError(`not a dynamically quantised ${node.op}`)
      const bias = biased ? [biasOf(biased, node, maker)] : []
      replaced.set(scaled, multiplication(node, [source, ...bias], weights, scaled.outputs, context))
    } else if (node.op === 'MatMul') {
      const widened = maker.get(weights)
      const turned = maker.get(widened?.inputs[0] ?? '')
      if (widened?.op === 'DequantizeLinear' && turned?.op === 'Transpose' && turned.inputs[0])
        replaced.set(node, scores(input, turned.inputs[0], node.outputs, context))
    }
  }
  const nodes = graph.nodes.map((node) => {
    const graphs = (node.graphs ?? []).map(({ name, graph: inner }) => ({
      name,
      graph: rewrite(inner, scope, context),
    }))
    return replaced.get(node) ?? { ...node, graphs }
  })
  return { ...graph, nodes: withoutUnused(nodes, graph) }
}

/** The bias in floats: what was divided by the scales, floored, cast and reshaped to be added before them. */
function biasOf(add: OnnxNode, node: OnnxNode, maker: ReadonlyMap<string, OnnxNode>): string {
  let name = add.inputs.find((one) => !node.outputs.includes(one)) ?? ''
  for (const op of ['Reshape', 'Cast', 'Floor', 'Div']) {
    const made = maker.get(name)
    if (made?.op !== op) throw new RangeError(`not a quantised bias: ${name}`)
    name = made.inputs[0] ?? ''
  }
  return name
}

/** Leaves out nodes that nobody uses any more: what quantised, and what undid it. */
function withoutUnused(nodes: readonly OnnxNode[], graph: OnnxGraph): OnnxNode[] {
  const idle = new Set([
    'DynamicQuantizeLinear',
    'MatMulInteger',
    'ConvInteger',
    'Cast',
    'Mul',
    'Add',
    'Div',
    'Floor',
    'Reshape',
    'DequantizeLinear',
    'Transpose',
  ])
  const outputs = graph.rest.flatMap((field) => (field[0] === 12 * 8 + 2 ? [nameOfValue(field)] : []))
  let left = [...nodes]
  for (;;) {
    const used = new Set([...namesUsed({ ...graph, nodes: left }), ...outputs])
    const next = left.filter((node) => !idle.has(node.op) || node.outputs.some((name) => used.has(name)))
    if (next.length === left.length) return left
    left = next
  }
}

function nameOfValue(field: Uint8Array): string {
  // a ValueInfoProto begins with its name: tag, length of the message, tag 1, length, bytes
  let at = 1
  while ((field[at] as number) >= 128) at += 1
  const length = field[at + 2] as number
  return new TextDecoder().decode(field.subarray(at + 3, at + 3 + length))
}

function namesUsed(graph: OnnxGraph): Set<string> {
  const used = new Set<string>()
  for (const node of graph.nodes) {
    for (const name of node.inputs) used.add(name)
    for (const { graph: inner } of node.graphs ?? []) {
      for (const name of namesUsed(inner)) used.add(name)
    }
  }
  return used
}

/** `source x weights` (with a bias, where it is a convolution that has one) in place of its dynamically quantised form. */
function multiplication(
  node: OnnxNode,
  [source = '', ...bias]: readonly string[],
  weights: string,
  outputs: readonly string[],
  context: Context,
): OnnxNode {
  if (node.op === 'ConvInteger' || context.arithmetic === 'float') {
    const name = `${weights}_float`
    if (!context.made.has(name)) context.made.set(name, widen(name, weights, node, context))
    return { ...node, op: node.op.replace('Integer', ''), inputs: [source, name, ...bias], outputs }
  }
  const quantised = quantisedOf(weights, context)
  const [depth = 0, width = 0] = quantised.tensor.dims
  const turned = new Uint8Array(depth * width)
  const { data } = quantised.tensor
  const flip = quantised.tensor.type === INT8 ? 128 : 0
  for (let k = 0; k < depth; k += 1)
    for (let n = 0; n < width; n += 1) turned[n * depth + k] = (data[k * width + n] as number) ^ flip
  return blocksNode(source, weights, turned, width, depth, quantised, outputs, context)
}

/** Scores of all tokens: `source` times the embedding, whose rows already lie as blocks want them. */
function scores(source: string, embedding: string, outputs: readonly string[], context: Context): OnnxNode {
  const quantised = quantisedOf(embedding, context)
  const [width = 0, depth = 0] = quantised.tensor.dims
  const flip = quantised.tensor.type === INT8 ? 128 : 0
  const data = flip ? quantised.tensor.data.map((value) => value ^ flip) : quantised.tensor.data
  return blocksNode(source, embedding, data, width, depth, quantised, outputs, context)
}

interface Quantised {
  readonly tensor: OnnxTensor
  readonly scale: number
  /** As an unsigned number: 128 more than the signed one of int8 weights. */
  readonly zero: number
}

function quantisedOf(weights: string, context: Context): Quantised {
  const tensor = context.constants.get(weights)
  const scale = context.constants.get(weights.replace(/_quantized$/, '_scale'))
  const zero = context.constants.get(weights.replace(/_quantized$/, '_zero_point'))
  if (!tensor || scale?.type !== FLOAT || scale.data.length !== 4 || zero?.data.length !== 1)
    throw new RangeError(`${weights} is not quantised with one scale`)
  const { buffer, byteOffset } = scale.data
  return {
    tensor,
    scale: new DataView(buffer, byteOffset, 4).getFloat32(0, true),
    zero: (zero.data[0] as number) ^ (tensor.type === INT8 ? 128 : 0),
  }
}

/** The weights of a node in floats: one scale for all, or one for each column of a matrix or filter of a convolution. */
function widen(name: string, weights: string, node: OnnxNode, context: Context): OnnxTensor {
  const tensor = context.constants.get(weights)
  const scale = context.constants.get(weights.replace(/_quantized$/, '_scale'))
  const zero = context.constants.get(node.inputs[3] ?? '')
  if (!tensor || scale?.type !== FLOAT || !zero) throw new RangeError(`${weights} has no scale`)
  const scales = new Float32Array(Uint8Array.from(scale.data).buffer)
  const filters = node.op === 'ConvInteger'
  const width = filters ? tensor.data.length / (tensor.dims[0] ?? 1) : (tensor.dims.at(-1) ?? 1)
  if (scales.length > 1 && scales.length !== (filters ? tensor.dims[0] : width))
    throw new RangeError(`${weights} has ${scales.length} scales`)
  const flip = tensor.type === INT8 ? 128 : 0
  const values = Float32Array.from(tensor.data, (value, index) => {
    const at = scales.length === 1 ? 0 : filters ? Math.floor(index / width) : index % width
    return ((value ^ flip) - ((zero.data[zero.data.length === 1 ? 0 : at] as number) ^ flip)) * (scales[at] as number)
  })
  return { name, type: FLOAT, dims: tensor.dims, data: new Uint8Array(values.buffer) }
}

function blocksNode(
  source: string,
  weights: string,
  rows: Uint8Array,
  width: number,
  depth: number,
  { scale, zero }: Quantised,
  outputs: readonly string[],
  context: Context,
): OnnxNode {
  const blocks = depth / BLOCK
  if (!Number.isInteger(blocks)) throw new RangeError(`${weights} does not divide into blocks of ${BLOCK}`)
  const names = [`${weights}_rows`, `${weights}_scales`, `${weights}_zeros`] as const
  const scales = new Uint8Array(new Float32Array(width * blocks).fill(scale).buffer)
  const zeros = new Uint8Array(width * blocks).fill(zero)
  context.made.set(names[0], { name: names[0], type: UINT8, dims: [width, blocks, BLOCK], data: rows })
  context.made.set(names[1], { name: names[1], type: FLOAT, dims: [width * blocks], data: scales })
  context.made.set(names[2], { name: names[2], type: UINT8, dims: [width * blocks], data: zeros })
  const attributes = Object.entries({ K: depth, N: width, bits: 8, block_size: BLOCK, accuracy_level: 4 })
  return {
    op: 'MatMulNBits',
    domain: 'com.microsoft',
    inputs: [source, ...names],
    outputs,
    attributes: attributes.map(([name, value]) => intAttribute(name, value)),
  }
}
