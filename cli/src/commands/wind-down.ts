import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'

/**
 * The end of the service (C155-C157): says how it stands, announces the day, calls it off, or carries it out once the day
 * has come. The studio must not be running.
 */
export const command: Command = {
  usage: 'wind-down [--end YYYY-MM-DD | --call-off | --finish] [--data DIR] [--json]',
  async run(args, io) {
    const { values } = parse(args, {
      end: { type: 'string' },
      'call-off': { type: 'boolean' },
      finish: { type: 'boolean' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const asked = [values.end, values['call-off'], values.finish].filter((one) => one !== undefined)
    const end = values.end === undefined ? undefined : new Date(`${values.end}T23:59:59Z`)
    if (asked.length > 1 || (end !== undefined && Number.isNaN(end.getTime()))) throw new UsageError(command.usage)
    const { openStudio, readConfig } = await import('@sotto/server')
    const env = values.data === undefined ? io.env : { ...io.env, SOTTO_DATA: values.data }
    await using studio = await openStudio(readConfig(env), { work: false })
    if (end !== undefined) await studio.windDown.announce(end)
    if (values['call-off']) await studio.windDown.callOff()
    const finished = values.finish ? await studio.finishService() : undefined
    const { state } = studio.windDown
    if (values.json) io.out(`${JSON.stringify(studio.windDown.state)}\n`)
    else if (studio.windDown.state.state === 'serving') io.out('the service goes on\n')
    else if (studio.windDown.state.state === 'announced')
      io.out(`the service ends on ${studio.windDown.state.end.toISOString().slice(0, 10)}; nothing more is collected\n`)
    else {
      const { certificate } = studio.windDown.state
      io.out(`ended: ${certificate.persons_erased} persons erased, of ${certificate.held} a law keeps something\n`)
      for (const { store, found } of certificate.checks) io.out(`  ${store}: ${found} left\n`)
    }
    if (values.finish && finished === undefined && state.state !== 'ended') {
      io.err('it is not time yet\n')
      return exit.failed
    }
    return exit.done
  },
}
