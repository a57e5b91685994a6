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

/** Faces in pictures: where their points are, and putting one into a template. Results are always labelled. */
export const command: Command = {
  usage:
    'face points IN [--json] | swap SELFIE --template ID|FILE -o OUT.(png|jpg|webp) [--mouth auto|own|template] ' +
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
  const result = await work(
    {
      kind: 'face_swap',
      template: templateFrom(template, io),
      format: stillFormatOf(output, io),
      strength,
      relight: !values['no-relight'],
      ...(mouth === undefined ? {} : { mouth }),
      ...(map === undefined ? {} : { map }),
    },
    { input, output },
    io,
  )
  if (values.json) io.out(`${JSON.stringify(result)}\n`)
  return exit.done
}

function isMouthMode(word: string): word is MouthMode {
  return (mouthModes as readonly string[]).includes(word)
}

/** Templates that a face can be put into here: clips are for films. */
const pictures = () => templates().filter((one) => one.kind === 'picture')

function templateFrom(name: string, io: Io): { id: string } | { bytes: Uint8Array } {
  if (pictures().some((one) => one.id === name)) return { id: name }
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
  if (values.json) io.out(`${JSON.stringify(pictures())}\n`)
  else
    for (const { id, kind, title, credit } of pictures()) {
      const language = io.language === 'zh-CN' ? 'zh' : 'en'
      io.out(`${id}  ${kind}  ${title[language]}  (${credit[language]})\n`)
    }
  return exit.done
}
