import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { templates } from '@sotto/media/face/node/templates'
import { type MouthMode, mouthModes } from '@sotto/media/face/swap'
import { type StillFormat, stillFormats } from '@sotto/media/picture/write'
import { oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'
import { text } from '../text.ts'

/** Faces in pictures and clips: where their points are, and putting one into a template. Results are always labelled. */
export const command: Command = {
  usage:
    'face points IN [--json] | swap SELFIE --template ID|FILE -o OUT.(png|jpg|webp|mp4) [--mouth auto|own|template] ' +
    '[--strength 0..1] [--no-relight] [--map FROM:TO,...] [--json] | templates [--json]',
  async run(args, io) {
    const [verb, ...rest] = args
    if (verb === 'points') return await points(rest, io)
    if (verb === 'swap') return await swap(rest, io)
    if (verb === 'templates') return list(rest, io)
    throw new UsageError('face points|swap|templates')
  },
}

async function points(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean' } })
  const found = await work({ kind: 'face_points' }, { input: oneInput(positionals, io) }, io)
  if (values.json) io.out(`${JSON.stringify(found)}\n`)
  else
    for (const { box, pose, quality } of found.faces)
      io.out(
        `${Math.round(box.width)}x${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}  ` +
          `yaw ${Math.round(pose.yaw)} pitch ${Math.round(pose.pitch)} roll ${Math.round(pose.roll)}  ` +
          `${quality.reasons.length === 0 ? 'good' : quality.reasons.join(', ')}\n`,
      )
  return exit.done
}

async function swap(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(args, {
    template: { type: 'string' },
    output: { type: 'string', short: 'o' },
    mouth: { type: 'string' },
    strength: { type: 'string', default: '1' },
    'no-relight': { type: 'boolean', default: false },
    map: { type: 'string' },
    json: { type: 'boolean' },
  })
  const { template, output, mouth } = values
  const input = oneInput(positionals, io)
  if (template === undefined) throw new UsageError('--template ID|FILE')
  if (output === undefined) throw new UsageError(text(io.language).noOutput)
  if (mouth !== undefined && !isMouthMode(mouth)) throw new UsageError('--mouth auto|own|template')
  const strength = values.strength.trim() === '' ? Number.NaN : Number(values.strength)
  if (!(strength >= 0 && strength <= 1)) throw new UsageError('--strength 0..1')
  const map = values.map?.split(',').map((pair) => {
    const [, from, to] = /^(\d+):(\d+)$/.exec(pair) ?? []
    if (from === undefined || to === undefined) throw new UsageError('--map FROM:TO,...')
    return { from: Number(from), to: Number(to) }
  })
  const how = { strength, relight: !values['no-relight'], ...(mouth === undefined ? {} : { mouth }) }
  const clip = clipFrom(template, output, io)
  const result =
    clip === undefined
      ? await work(
          {
            kind: 'face_swap',
            template: templateFrom(template, io),
            format: stillFormatOf(output, io),
            ...how,
            ...(map === undefined ? {} : { map }),
          },
          { input, output },
          io,
        )
      : await work(
          {
            kind: 'face_clip',
            ...how,
            ...('id' in clip ? { template: clip.id } : {}),
            ...(map?.[0] === undefined ? {} : { face: map[0].from }),
          },
          { input, output, ...('path' in clip ? { further: [clip.path] } : {}) },
          io,
        )
  if (values.json) io.out(`${JSON.stringify(result)}\n`)
  return exit.done
}

function isMouthMode(word: string): word is MouthMode {
  return (mouthModes as readonly string[]).includes(word)
}

/** The clip a face is to be put into, of the studio or of one's own: what the output is decides. None for a picture. */
function clipFrom(name: string, output: string, io: Io): { id: string } | { path: string } | undefined {
  const isFilm = extname(output).toLowerCase() === '.mp4'
  const known = templates().find((one) => one.id === name)
  if (known !== undefined && (known.kind === 'clip') !== isFilm)
    throw new UsageError(`${text(io.language).unknownFormat}: ${output}`)
  if (!isFilm) return undefined
  if (known !== undefined) return { id: name }
  if (!existsSync(name)) throw new UsageError(`${text(io.language).noTemplate}: ${name}`)
  return { path: name }
}

function templateFrom(name: string, io: Io): { id: string } | { bytes: Uint8Array } {
  if (templates().some((one) => one.id === name)) return { id: name }
  if (!existsSync(name)) throw new UsageError(`${text(io.language).noTemplate}: ${name}`)
  return { bytes: readFileSync(name) }
}

function stillFormatOf(path: string, io: Io): StillFormat {
  const ending = extname(path).slice(1).toLowerCase()
  const format = stillFormats.find((one) => one === (ending === 'jpeg' ? 'jpg' : ending))
  if (format === undefined) throw new UsageError(`${text(io.language).unknownFormat}: ${path}`)
  return format
}

function list(args: readonly string[], io: Io): number {
  const { values } = parse(args, { json: { type: 'boolean' } })
  if (values.json) io.out(`${JSON.stringify(templates())}\n`)
  else
    for (const { id, kind, title, credit } of templates()) {
      const language = io.language === 'zh-CN' ? 'zh' : 'en'
      io.out(`${id}  ${kind}  ${title[language]}  (${credit[language]})\n`)
    }
  return exit.done
}
