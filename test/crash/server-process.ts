/** Starts, kills and restarts a real server process on directories of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase, type Sort } from '@sotto/server/testing/databases'
import { inject } from 'vitest'
import { type Config, readConfig } from '../../server/src/config.ts'

const SCRIPT = join(import.meta.dirname, 'serve.ts')
const NODE = join(import.meta.dirname, '../../node_modules/.bin/node')

/** Everything a studio keeps between two starts, and where its processes write. */
export interface Home extends AsyncDisposable {
  readonly root: string
  /** Temporary files of the server and of its media children. */
  readonly temp: string
  readonly environment: Readonly<Record<string, string>>
  readonly config: Config
  /** Lines the servers logged so far, of every start. */
  readonly log: string[]
}

/** A server that listens. */
export interface ServerProcess {
  readonly address: string
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  /** Asks it to end, and waits until it has. @throws Error where it does not end well */
  stop(): Promise<void>
}

/** Makes a home; `embedded` and `server` say where the databases come from when this runs outside of a test run. */
export async function home(
  sort: Sort,
  settings: Record<string, string> = {},
  from: { embedded?: string; database?: { url: string | undefined; drop(): Promise<void> } } = {},
): Promise<Home> {
  const root = await mkdtemp(join(tmpdir(), 'sotto-home-'))
  const temp = join(root, 'temp')
  await mkdir(temp)
  const database = from.database ?? (await freshDatabase(sort))
  if (sort === 'embedded')
    await cp(from.embedded ?? inject('embedded'), join(root, 'data', 'database'), { recursive: true })
  const environment = {
    SOTTO_DATA: join(root, 'data'),
    SOTTO_KEYS: join(root, 'keys'),
    SOTTO_HOST_KEY: randomBytes(32).toString('base64'),
    SOTTO_PORT: '0',
    SOTTO_LOG_LEVEL: 'debug',
    ...(database.url ? { DATABASE_URL: database.url } : {}),
    ...settings,
  }
  return {
    root,
    temp,
    environment,
    config: readConfig(environment),
    log: [],
    async [Symbol.asyncDispose]() {
      await database.drop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Starts a server and waits until it listens. @throws Error with what it said where it does not start */
export async function startServer(
  { temp, environment, log }: Home,
  more: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const env = { PATH: process.env.PATH ?? '', HOME: temp, TMPDIR: temp, ...environment, ...more }
  const child = spawn(NODE, [SCRIPT], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => log.push(text))
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      log.push(text)
      const found = /^listening at (\S+)$/m.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the server ended (${code}) before it listened: ${said}`)))
  })
  return {
    address,
    kill: () => end(child, 'SIGKILL', gone).then(() => undefined),
    async stop() {
      const code = await end(child, 'SIGTERM', gone)
      if (code !== 0) throw new Error(`the server ended with ${code}: ${said}`)
    },
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals, gone: Promise<number | null>): Promise<number | null> {
  child.kill(signal)
  return gone
}
