import type { StreamInfo } from '@sotto/media'
import { oneInput, parse } from '../arguments.ts'
import type { Command } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'

/** What a file is. */
export const command: Command = {
  usage: 'info IN [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, { json: { type: 'boolean' } })
    const input = oneInput(positionals, io)
    const info = await work({ kind: 'info' }, { input }, io)
    if (values.json) io.out(`${JSON.stringify(info)}\n`)
    else {
      io.out(`${info.container}  ${info.duration} s\n`)
      for (const stream of info.streams) io.out(`  ${describe(stream)}\n`)
    }
    return exit.done
  },
}

function describe(stream: StreamInfo): string {
  return [
    stream.type,
    stream.codec,
    stream.sampleRate && `${stream.sampleRate} Hz`,
    stream.channels && `${stream.channels} ch`,
    stream.width && `${stream.width}x${stream.height}`,
    stream.frameRate && `${stream.frameRate} fps`,
    stream.language,
  ]
    .filter(Boolean)
    .join('  ')
}
