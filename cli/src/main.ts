import { MediaError } from '@sotto/media'
import { type Command, type Io, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { exit, exitCode } from './exit.ts'
import { type Language, languageOf } from './language.ts'
import { mediaErrorLine, text } from './text.ts'

/** Takes `--lang xx` out of the words: it may stand anywhere. */
function withoutLanguage(words: readonly string[]): { words: string[]; asked: string | undefined } {
  const rest: string[] = []
  let asked: string | undefined
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--') return { words: [...rest, ...words.slice(i)], asked }
    if (word === '--lang') asked = words[++i] ?? ''
    else if (word.startsWith('--lang=')) asked = word.slice('--lang='.length)
    else rest.push(word)
  }
  return { words: rest, asked }
}

async function overview(language: Language): Promise<string> {
  const all = await Promise.all(Object.values(commands).map(async (load) => (await load()).command.usage))
  const words = text(language)
  return [
    `${words.usage}: sotto ${all[0] ?? ''}`,
    ...all.slice(1).map((usage) => `       sotto ${usage}`),
    words.help,
    '',
  ].join('\n')
}

/** Runs one command line. @returns the exit code */
export async function main(args: readonly string[], io: Omit<Io, 'language'>): Promise<number> {
  const { words, asked } = withoutLanguage(args)
  const language = languageOf(asked, io.env)
  const say = text(language)
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const help = await overview(language)
    ;(name === undefined ? io.err : io.out)(help)
    return name === undefined ? exit.usage : exit.done
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) {
    io.err(`sotto: ${say.unknownCommand}: ${name}\n`)
    return exit.usage
  }
  let command: Command | undefined
  try {
    command = (await load()).command
    const end = rest.indexOf('--')
    if ((end < 0 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h')) {
      io.out(`${say.usage}: sotto ${command.usage}\n`)
      return exit.done
    }
    return await command.run(rest, { ...io, language })
  } catch (error) {
    io.err(`sotto: ${oneLine(error, language, command)}\n`)
    return exitCode(error)
  }
}

function oneLine(error: unknown, language: Language, command: Command | undefined): string {
  const line =
    error instanceof MediaError
      ? mediaErrorLine(error.code, error.message, language)
      : error instanceof UsageError
        ? `${error.message} — ${text(language).usage}: sotto ${command?.usage ?? ''}`
        : error instanceof Error
          ? error.message
          : text(language).failed
  return line.replaceAll(/\s*\n\s*/g, ' ')
}

/** Runs the command line this process was started with. */
export async function start(): Promise<void> {
  const controller = new AbortController()
  // The first signal cancels and cleans up; a second one does not wait for that.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exit.cancelled)
      controller.abort()
    })
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exit.done : exit.failed),
  )
  const write = (stream: NodeJS.WriteStream) => (words: string) => void stream.write(words)
  process.exitCode = await main(process.argv.slice(2), {
    out: write(process.stdout),
    err: write(process.stderr),
    watched: process.stderr.isTTY === true,
    signal: controller.signal,
    env: process.env,
  })
}

if (import.meta.main) await start()
