import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import type { Limits } from '../limits.ts'
import { confined } from './sandbox.ts'

/** What a child of the engine is started with. */
export interface Start {
  /** The script it runs. */
  readonly script: string
  readonly limits: Limits
  readonly stdio: StdioOptions
  /** Folders it may read besides the program's own. */
  readonly readable?: readonly string[]
  /** Added to an otherwise empty environment. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Starts a child process as confined as this machine can (`sandbox`), the head of a process group of its own. Nothing
 * secret may be written to it before it has said that it is up: a sandbox whose starter dies while it is being set up
 * can stay behind, waiting, with its pipes.
 */
export async function startConfined(start: Start): Promise<ChildProcess> {
  const [program = process.execPath, ...args] = await confined(
    [process.execPath, '--disable-warning=ExperimentalWarning', '--max-old-space-size=1024', start.script],
    start.limits,
    start.readable ?? [],
  )
  return spawn(program, args, {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', ...start.env },
    stdio: start.stdio,
    detached: true,
  })
}

/**
 * Kills the child with all that it started. The whole group at once: a sandbox killed alone while it is being set up
 * leaves its inner process waiting for ever, with the pipes open.
 */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return // it never started
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
