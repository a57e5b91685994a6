/**
 * A PostgreSQL server of the tests' own, on a Unix socket and a free loopback port, in a temporary directory, gone
 * afterwards. PostgreSQL will not run as root: there it runs as Debian's user `postgres`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const HOME = '/usr/lib/postgresql'

/** A running server. `pause` ends it as a crash of its machine would be felt; `resume` starts it again on the same data. */
export interface Postgres {
  readonly url: string
  pause(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

/** Starts a server; undefined where there is no PostgreSQL on this machine. */
export async function startPostgres(): Promise<Postgres | undefined> {
  const version = existsSync(HOME) ? readdirSync(HOME).sort((a, b) => Number(b) - Number(a))[0] : undefined
  if (!version) return undefined
  const bin = (name: string) => join(HOME, version, 'bin', name)
  const directory = mkdtempSync(join(tmpdir(), 'sotto-postgres-'))
  const as: { uid?: number; gid?: number } = process.getuid?.() === 0 ? ids() : {}
  if (as.uid !== undefined && as.gid !== undefined) chownSync(directory, as.uid, as.gid)
  const options = { ...as, cwd: directory, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' } }
  const data = join(directory, 'data')
  execFileSync(bin('initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], {
    ...options,
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, `port=${port}`]
  let server: ChildProcess
  const resume = async () => {
    server = spawn(bin('postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await new Promise<void>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`PostgreSQL did not start (${code})`)))
      createInterface({ input: server.stderr as Readable }).on('line', (line) => {
        if (line.includes('database system is ready')) resolve()
      })
    })
  }
  const pause = async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await gone
  }
  await resume()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    pause,
    resume,
    async stop() {
      if (server.exitCode === null) await pause()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function ids(): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres']).toString()))
  return { uid: uid as number, gid: gid as number }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
