import { oneInput, parse } from '../arguments.ts'
import type { Command } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'
import { text } from '../text.ts'

/** What a picture says of how it was made: its AIGC fields and its C2PA credential. Absence proves nothing. */
export const command: Command = {
  usage: 'verify FILE [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, { json: { type: 'boolean' } })
    const found = await work({ kind: 'verify' }, { input: oneInput(positionals, io) }, io)
    const words = text(io.language)
    if (values.json) io.out(`${JSON.stringify(found)}\n`)
    else {
      const { aigc, credential, mark } = found
      io.out(`${found.synthetic ? words.madeByMachine : words.noLabels}\n`)
      if (aigc !== null) io.out(`AIGC  ${aigc.ContentProducer}  ${aigc.ProduceID}\n`)
      if (mark !== null) io.out(`${words.mark}  ${mark.id}\n`)
      if (credential !== null)
        io.out(`C2PA  ${credential.signer}  ${credential.unchanged ? words.unchanged : words.changed}\n`)
    }
    return exit.done
  },
}
