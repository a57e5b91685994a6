/** Centres of the anchors of a BlazeFace detector, as parts of the input's side: `x, y, x, y ...`. Source: MediaPipe's SsdAnchorsCalculator with fixed anchor size. */
export function anchorCentres(size: number, layers: readonly { readonly stride: number; readonly perCell: number }[]) {
  const centres: number[] = []
  for (const { stride, perCell } of layers) {
    const cells = Math.ceil(size / stride)
    for (let y = 0; y < cells; y++)
      for (let x = 0; x < cells; x++)
        for (let n = 0; n < perCell; n++) centres.push((x + 0.5) / cells, (y + 0.5) / cells)
  }
  return Float32Array.from(centres)
}

/** The anchors of the detector for near faces: 128 pixels, 896 anchors. */
export const nearAnchors = anchorCentres(128, [
  { stride: 8, perCell: 2 },
  { stride: 16, perCell: 6 },
])

/** The anchors of the detector for far faces: 192 pixels, 2304 anchors. */
export const farAnchors = anchorCentres(192, [{ stride: 4, perCell: 1 }])
