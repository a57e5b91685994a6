/** `sotto serve`: opens the studio and serves it until it is told to end. */
import { parse } from '../arguments.ts'
import type { Command } from '../command.ts'
import { exit } from '../exit.ts'

/** What to do about a start that failed, where the system's own words do not say it. */
const advice: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken; choose another with --port',
  EADDRNOTAVAIL: 'this machine has no such address; see --host',
  EACCES: 'not allowed; see --port and the owner of the data directory',
  ECONNREFUSED: 'the database does not answer; see DATABASE_URL',
}

/** Serves until it is interrupted; then lets what is under way end. A setting that is wrong is exit code 2, one line each. */
export const command: Command = {
  usage: 'serve [--host H] [--port P] [--data DIR]',
  async run(args, io) {
    const { values } = parse(args, { host: { type: 'string' }, port: { type: 'string' }, data: { type: 'string' } })
    // Loaded only now: the server takes a second, a wrong option none.
    const { ConfigError, readConfig, serve, unknownSettings } = await import('@sotto/server')
    const environment = {
      ...io.env,
      ...(values.host === undefined ? {} : { SOTTO_HOST: values.host }),
      ...(values.port === undefined ? {} : { SOTTO_PORT: values.port }),
      ...(values.data === undefined ? {} : { SOTTO_DATA: values.data }),
    }
    const say = (line: string) => io.err(`sotto serve: ${line}\n`)
    for (const name of unknownSettings(environment)) say(`${name} is no setting; ignored`)
    try {
      await using serving = await serve(readConfig(environment))
      io.err(`Sotto: ${serving.address}\n`)
      await new Promise<void>((done) => {
        if (io.signal.aborted) done()
        io.signal.addEventListener('abort', () => done())
      })
      return exit.done
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      for (const line of error instanceof ConfigError ? error.problems : [advice[code] ?? message]) say(line)
      return error instanceof ConfigError ? exit.usage : exit.failed
    }
  },
}
