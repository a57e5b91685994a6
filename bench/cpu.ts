/** Processor seconds and memory of whole commands, children included: figures that other work on the machine changes little. */
import { spawnSync } from 'node:child_process'

export interface Cost {
  /** User and system seconds of the command and all it started. */
  readonly cpu: number
  /** Largest resident set of any one of its processes, in MB. */
  readonly peak: number
}

/** GNU time (Debian package `time`) asks the kernel for both at the end of a command. */
const TIME = '/usr/bin/time'

/** Runs a command to its end. @throws Error with the end of what it said */
export function cost(command: string, args: readonly string[]): Cost {
  const { status, stderr, error } = spawnSync(TIME, ['-f', 'cost %U %S %M', command, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error || status !== 0) throw new Error(`${command}: ${error?.message ?? stderr.slice(-400)}`)
  const [, user, system, kilobytes] = /cost ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(stderr) ?? []
  return { cpu: Number(user) + Number(system), peak: Number(kilobytes) / 1024 }
}
