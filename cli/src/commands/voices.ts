import { voices } from '@sotto/media'
import { KOKORO, KOKORO_VOICES } from '@sotto/media/models/kokoro'
import { ModelStore } from '@sotto/media/models/store'
import { parse } from '../arguments.ts'
import type { Command } from '../command.ts'
import { exit } from '../exit.ts'
import { modelsFolder } from '../models.ts'

/** The voices text can be spoken with: natural ones and plain ones, and whether they are installed. */
export const command: Command = {
  usage: 'voices [--language xx] [--json]',
  async run(args, io) {
    const { values } = parse(args, { language: { type: 'string' }, json: { type: 'boolean' } })
    const store = new ModelStore({ folder: modelsFolder(io.env) })
    const natural = (await store.has(KOKORO)) && (await store.has(KOKORO_VOICES))
    const found = voices
      .filter(({ language }) => values.language === undefined || language === values.language)
      .map((voice) => ({ ...voice, here: voice.engine === 'espeak' || natural }))
    if (values.json) io.out(`${JSON.stringify(found)}\n`)
    else
      for (const { here, id, language, gender, quality } of found)
        io.out(
          `${here ? '+' : '-'} ${language}  ${id.padEnd(14)} ${quality}${gender === 'none' ? '' : `, ${gender}`}\n`,
        )
    return exit.done
  },
}
