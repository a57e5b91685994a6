import { closeSync, openSync, realpathSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import {
  type MediaFiles,
  type MediaResults,
  type MediaTask,
  type OutputFormat,
  PendingFile,
  type PictureFormat,
  pictureFormats,
  runMedia,
  type SoundFormat,
  soundFormats,
} from '@sotto/media'
import { type Io, UsageError } from './command.ts'
import { InputError } from './exit.ts'
import { modelsFolder } from './models.ts'
import { progressLine } from './progress.ts'
import { text } from './text.ts'

/** Runs a task on plain files, in the same confined child the server uses, and shows progress to who is watching. */
export async function work<T extends MediaTask>(
  task: T,
  files: { readonly input?: string; readonly further?: readonly string[]; readonly output?: string },
  io: Io,
  onEvent: NonNullable<MediaFiles['onEvent']> = () => {},
): Promise<MediaResults[T['kind']]> {
  const words = text(io.language)
  const fds: number[] = []
  const progress = progressLine(io)
  try {
    const inputs = [...(files.input === undefined ? [] : [files.input]), ...(files.further ?? [])]
    for (const input of inputs) fds.push(openInput(input, words.cannotRead))
    const [fd, ...further] = fds
    const { output: to } = files
    if (to !== undefined && inputs.some((input) => sameFile(input, to))) throw new UsageError(words.sameFile)
    using output = files.output === undefined ? undefined : openOutput(files.output, words.cannotWrite)
    const result = await runMedia(task, {
      ...(fd === undefined ? {} : { input: { fd } }),
      further: further.map((one) => ({ fd: one })),
      ...(output === undefined ? {} : { output: { fd: output.fd } }),
      models: modelsFolder(io.env),
      signal: io.signal,
      onEvent(event) {
        if (event.type === 'progress') progress.show(event)
        onEvent(event)
      },
    })
    output?.commit()
    return result
  } finally {
    progress.clear()
    for (const fd of fds) closeSync(fd)
  }
}

function openInput(path: string, cannotRead: string): number {
  try {
    if (!statSync(path).isFile()) throw Object.assign(new Error(), { code: 'not a file' })
    return openSync(path, 'r')
  } catch (error) {
    throw new InputError(`${cannotRead} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}

function openOutput(path: string, cannotWrite: string): PendingFile {
  try {
    return new PendingFile(path)
  } catch (error) {
    throw new Error(`${cannotWrite} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}

function sameFile(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return false
  }
}

const byEnding: Readonly<Record<string, OutputFormat>> = {
  ...Object.fromEntries([...soundFormats, ...pictureFormats].map((format) => [format, format])),
  oga: 'ogg',
  ogg: 'ogg',
  m4v: 'mp4',
  aac: 'm4a',
}

/** The format that the end of a name asks for; undefined if it names none. */
export function formatOf(path: string): OutputFormat | undefined {
  return byEnding[extname(path).slice(1).toLowerCase()]
}

/** The format of sound that the end of a name asks for. New sound in an .ogg file is Opus. */
export function soundFormatOf(path: string, io: Io): SoundFormat {
  const format = formatOf(path)
  const sound = format === 'ogg' ? 'opus' : soundFormats.find((one) => one === format)
  if (sound === undefined) throw new UsageError(`${text(io.language).unknownFormat}: ${path}`)
  return sound
}

/** The format that the end of a name asks for, sound or picture. New sound in an .ogg file is Opus. */
export function mediaFormatOf(path: string, io: Io): SoundFormat | PictureFormat {
  const format = formatOf(path)
  if (format === undefined) throw new UsageError(`${text(io.language).unknownFormat}: ${path}`)
  return format === 'ogg' ? 'opus' : format
}
