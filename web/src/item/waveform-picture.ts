/** The waveform as a picture, drawn on this device from what is here anyway. */
import { api } from '../api/api.ts'
import { readWaveform } from './peaks.ts'

const WIDTH = 2400
const HEIGHT = 600
const PAPER = '#fbfaf8'
const INK = '#0c665a'

/** A PNG of 2400 x 600. @throws PeaksError, ProblemError; TypeError where the browser cannot draw */
export async function waveformPicture(id: string): Promise<Blob> {
  const answer = await api.call('GET /api/items/:id/peaks', { params: { id } })
  if (!answer.body) throw new TypeError('no waveform came')
  const { high, low } = await readWaveform(answer.body, WIDTH * 40)
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT)
  const context = canvas.getContext('2d')
  if (!context) throw new TypeError('this browser cannot draw')
  context.fillStyle = PAPER
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.fillStyle = INK
  for (let x = 0; x < WIDTH; x += 1) {
    const from = Math.floor((x * high.length) / WIDTH)
    const to = Math.max(from + 1, Math.floor(((x + 1) * high.length) / WIDTH))
    let [top, bottom] = [0, 0]
    for (let pair = from; pair < to; pair += 1) {
      top = Math.max(top, high[pair] ?? 0)
      bottom = Math.min(bottom, low[pair] ?? 0)
    }
    const y = (HEIGHT / 2) * (1 - top * 0.95)
    context.fillRect(x, y, 1, Math.max(2, (HEIGHT / 2) * (1 - bottom * 0.95) - y))
  }
  return canvas.convertToBlob({ type: 'image/png' })
}
