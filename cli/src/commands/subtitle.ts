import { readFileSync } from 'node:fs'
import { type Cue, cuesOf, EditFileError, parseSrt, parseVtt, readEditFile } from '@sotto/media/words'
import { oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { work } from '../files.ts'
import { text } from '../text.ts'

/** Adds words to a film as a track of subtitles. */
export const command: Command = {
  usage: 'subtitle FILM [--words SRT|VTT|JSON] [--language xx] [--model base|small] -o OUT.(mp4|mov|mkv|webm) [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      words: { type: 'string' },
      language: { type: 'string' },
      model: { type: 'string', default: 'base' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    })
    const input = oneInput(positionals, io)
    const { output, model, language } = values
    if (output === undefined) throw new UsageError(text(io.language).noOutput)
    if (model !== 'base' && model !== 'small') throw new UsageError('--model base|small')
    const spoken = language === undefined ? {} : { language }
    const cues =
      values.words === undefined
        ? cuesOf(await work({ kind: 'transcribe', model, ...spoken }, { input }, io))
        : cuesIn(values.words, io)
    const result = await work({ kind: 'subtitle', cues, ...spoken }, { input, output }, io)
    if (values.json) io.out(`${JSON.stringify({ ...result, cues: cues.length })}\n`)
    return exit.done
  },
}

function cuesIn(path: string, io: Io): Cue[] {
  const words = text(io.language)
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${words.cannotRead} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
  const cues = /^\uFEFF?WEBVTT/.test(content)
    ? (parseVtt(content) ?? [])
    : /^\s*\{/.test(content)
      ? ofJson(content)
      : parseSrt(content)
  if (cues.length === 0) throw new InputError(`${path} ${words.badWords}`)
  return cues
}

function ofJson(content: string): Cue[] {
  try {
    const { transcript } = readEditFile(content)
    return transcript ? cuesOf(transcript) : []
  } catch (error) {
    if (error instanceof EditFileError) return []
    throw error
  }
}
