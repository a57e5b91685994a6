/** `sotto serve` as a process: what it says and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'sotto-serve-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

function run(args: string[], environment: Record<string, string> = {}): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, SOTTO_LOG_LEVEL: 'silent', ...environment }
  return spawn(process.execPath, [main, 'serve', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  const [said, [code]] = await Promise.all([
    child.stderr ? text(child.stderr) : '',
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { code, said }
}

test('a wrong option or setting is one clear line each, and exit code 2', async () => {
  expect(await outcome(run(['--nope']))).toMatchObject({ code: 2, said: expect.stringContaining("'--nope'") })
  const wrong = await outcome(run(['--port', 'x', '--data', root], { SOTTO_JOBS: '0' }))
  expect(wrong.code).toBe(2)
  expect(wrong.said.trim().split('\n')).toEqual([
    'sotto serve: SOTTO_PORT must be a whole number from 0 to 65535',
    'sotto serve: SOTTO_JOBS must be a whole number from 1 to 256',
  ])
})

test('it serves, tells its address, and ends in order when told to', async () => {
  const child = run(['--port', '0', '--data', join(root, 'data')])
  const ended = outcome(child)
  let said = ''
  const address = await new Promise<string>((found, failed) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk
      const match = /^Sotto: (http:\S+)/m.exec(said)
      if (match?.[1]) found(match[1])
    })
    child.once('exit', () => failed(new Error(said)))
  })
  expect((await fetch(`${address}/api/status`)).status).toBe(200)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('a port that is taken is said, with what to do, and exit code 1', async () => {
  const holder = createServer()
  await new Promise<void>((ready) => holder.listen(0, '127.0.0.1', ready))
  const address = holder.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const { code, said } = await outcome(run(['--port', port, '--data', join(root, 'data')]))
  holder.close()
  expect([code, said.trim()]).toEqual([1, 'sotto serve: the port is taken; choose another with --port'])
})
