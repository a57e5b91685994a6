/** Draws every picture and clip of the gallery: `node media/templates/make/make.ts [ID ...]`. Clips need `ffmpeg` in the path. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { readCanonicalFace } from '../../src/face/canonical.ts'
import { FaceFinder } from '../../src/face/node/finder.ts'
import { faceWeight } from '../../src/face/node/weights.ts'
import type { Pixels } from '../../src/face/pixels.ts'
import { readPicture } from '../../src/picture/read.ts'
import { draw } from './draw.ts'
import type { Portrait } from './portrait.ts'
import { portraits } from './portraits.ts'

const folder = join(import.meta.dirname, '..')
const face = readCanonicalFace(faceWeight('canonical'))
const wanted = new Set(process.argv.slice(2))
const raw = ({ width, height, data }: Pixels) =>
  sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } })
const rounded = (points: Float32Array) => Array.from(points, (value) => Math.round(value * 10) / 10)

async function picture(portrait: Portrait): Promise<void> {
  const { pixels, points, over } = await draw(face, portrait, 720, 900, 2)
  await raw(pixels)
    .removeAlpha()
    .webp({ quality: 86, effort: 6 })
    .toFile(join(folder, `${portrait.id}.webp`))
  await sharp(Buffer.from(over), { raw: { width: 720, height: 900, channels: 1 } })
    .png({ compressionLevel: 9, palette: true, colours: 16 })
    .toFile(join(folder, `${portrait.id}.over.png`))
  writeFileSync(join(folder, `${portrait.id}.json`), `${JSON.stringify({ points: rounded(points) })}\n`)
}

interface Clip {
  readonly id: string
  readonly of: string
  readonly sound: string
  move(t: number): { yaw: number; pitch: number; roll: number; open: number; smile: number }
}

const wave = (t: number, f: number, phase = 0) => Math.sin(2 * Math.PI * (f * t + phase))
const clips: readonly Clip[] = [
  {
    id: 'song-at-dusk',
    of: 'sailor',
    sound: '0.12*sin(2*PI*220*t)*exp(-mod(t,1))+0.1*sin(2*PI*330*t)*exp(-mod(t+0.5,1))',
    move: (t) => ({
      yaw: 12 * wave(t, 0.25),
      pitch: 3 * wave(t, 0.5),
      roll: 3 * wave(t, 0.25, 0.2),
      open: 0.35 + 0.35 * wave(t, 1),
      smile: 0.3,
    }),
  },
  {
    id: 'royal-nod',
    of: 'scholar',
    sound: '0.12*sin(2*PI*262*t)*exp(-mod(t,0.5)*3)',
    move: (t) => ({
      yaw: 8 * wave(t, 0.25, 0.1),
      pitch: 9 * wave(t, 0.5),
      roll: 0,
      open: 0,
      smile: 0.2 + 0.3 * wave(t, 0.25),
    }),
  },
  {
    id: 'summit',
    of: 'climber',
    sound: '0.05*(random(0)-0.5)+0.08*sin(2*PI*196*t)',
    move: (t) => ({
      yaw: 16 * wave(t, 0.25, 0.5),
      pitch: 4,
      roll: 4 * wave(t, 0.5),
      open: 0.4 + 0.2 * wave(t, 0.75),
      smile: 0.8,
    }),
  },
  {
    id: 'curtain-call',
    of: 'conductor',
    sound: '0.1*sin(2*PI*294*t)*exp(-mod(t,0.75)*2)+0.08*sin(2*PI*440*t)*exp(-mod(t,1.5))',
    move: (t) => ({
      yaw: -10 + 10 * wave(t, 0.25),
      pitch: 5 * wave(t, 0.25, 0.25),
      roll: 5 * wave(t, 0.5),
      open: 0.2 + 0.2 * wave(t, 1.25),
      smile: 0.6,
    }),
  },
]

async function clip({ id, of, sound, move }: Clip): Promise<void> {
  const base = portraits.find((one) => one.id === of) as Portrait
  const [width, height, rate, seconds] = [432, 540, 20, 4]
  const ffmpeg = spawn(
    'ffmpeg',
    [
      '-v',
      'error',
      '-y',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-s',
      `${width}x${height}`,
      '-r',
      `${rate}`,
      '-i',
      '-',
      '-f',
      'lavfi',
      '-i',
      `aevalsrc='${sound}':s=44100:d=${seconds}`,
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p',
      '-crf',
      '23',
      '-preset',
      'slow',
      '-c:a',
      'aac',
      '-b:a',
      '64k',
      '-shortest',
      '-movflags',
      '+faststart',
      '-map_metadata',
      '-1',
      join(folder, `${id}.mp4`),
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const count = rate * seconds
  const all = new Int16Array(count * 468 * 3)
  for (let frame = 0; frame < count; frame++) {
    const { open, smile, ...pose } = move(frame / rate)
    const { pixels, points } = await draw(face, { ...base, pose, mouth: { open, smile } }, width, height, 1)
    for (let i = 0; i < points.length; i++) {
      const value = Math.round((points[i] as number) * 8)
      all[frame * points.length + i] = value
    }
    if (!ffmpeg.stdin.write(Buffer.from(pixels.data.buffer))) await once(ffmpeg.stdin, 'drain')
  }
  ffmpeg.stdin.end()
  await once(ffmpeg, 'close')
  // Differences from frame to frame are small numbers, and small numbers pack well.
  for (let i = all.length - 1; i >= 1404; i--) all[i] = (all[i] as number) - (all[i - 1404] as number)
  writeFileSync(join(folder, `${id}.points.gz`), gzipSync(Buffer.from(all.buffer), { level: 9 }))
}

async function astronaut(): Promise<void> {
  const bytes = readFileSync(join(folder, '..', 'fixtures', 'faces', 'astronaut.jpg'))
  using finder = new FaceFinder()
  const { faces } = await finder.find(await readPicture(bytes, { pixels: 1e7 }))
  writeFileSync(
    join(folder, 'astronaut.json'),
    `${JSON.stringify({ points: rounded(faces[0]?.points ?? new Float32Array()) })}\n`,
  )
}

if (wanted.size === 0 || wanted.has('astronaut')) await astronaut()
for (const portrait of portraits) if (wanted.size === 0 || wanted.has(portrait.id)) await picture(portrait)
for (const one of clips) if (wanted.size === 0 || wanted.has(one.id)) await clip(one)
