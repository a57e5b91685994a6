import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Limits } from '../limits.ts'

const exec = promisify(execFile)

/** What this machine offers to confine the media child, found out by trying. */
export interface Sandbox {
  /** Bubblewrap: own namespaces, read-only view of program files, no network. */
  readonly bwrap: boolean
  /** Resource limits from util-linux. */
  readonly prlimit: boolean
  /** Death with the parent, kept by the kernel, from util-linux. */
  readonly setpriv: boolean
}

let found: Promise<Sandbox> | undefined

/** Tries once per process what works here: an installed bwrap may still be forbidden in a container. */
export function sandbox(): Promise<Sandbox> {
  found ??= (async () => {
    const works = (program: string, args: readonly string[]): Promise<boolean> =>
      exec(program, args, { timeout: 10_000 }).then(
        () => true,
        () => false,
      )
    const script = 'process.exit(0)'
    const [bwrap, prlimit, setpriv] = await Promise.all([
      works('bwrap', [...bwrapArguments([]), process.execPath, '-e', script]),
      works('prlimit', ['--core=0', '--', process.execPath, '-e', script]),
      works('setpriv', ['--pdeathsig', 'KILL', process.execPath, '-e', script]),
    ])
    return { bwrap, prlimit, setpriv }
  })()
  return found
}

/** The outermost `node_modules` (or package folder) that a file lies in: what the child must be able to read. */
function programFolders(): string[] {
  const here = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const folders = new Set([realpathSync(here)])
  const require = createRequire(import.meta.url)
  for (const name of [
    'node-av',
    'onnxruntime-node',
    '@sapphi-red/web-noise-suppressor',
    'sharp',
    '@litertjs',
    '@mediapipe',
  ]) {
    const path = require.resolve.paths(name)?.find((folder) => existsSync(`${folder}${sep}${name}`))
    if (path !== undefined) folders.add(realpathSync(path))
  }
  return [...folders]
}

function bwrapArguments(readable: readonly string[]): string[] {
  const system = ['/usr', '/lib', '/lib64', '/lib32', '/bin', '/etc/ld.so.cache', '/sys/devices/system/cpu']
  const program = [...programFolders(), realpathSync(process.execPath), ...readable]
  return [
    '--unshare-all',
    '--die-with-parent',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    ...[...system, ...program].flatMap((path) => ['--ro-bind-try', path, path]),
    '--chdir',
    '/',
    '--',
  ]
}

/** The command line that starts `command` as confined as this machine can. `readable`: further folders to read. */
export async function confined(
  command: readonly string[],
  limits: Limits,
  readable: readonly string[],
): Promise<readonly string[]> {
  const { bwrap, prlimit, setpriv } = await sandbox()
  return [
    ...(setpriv ? ['setpriv', '--pdeathsig', 'KILL'] : []),
    ...(prlimit
      ? [
          'prlimit',
          '--core=0',
          '--nofile=256',
          `--cpu=${Math.ceil(limits.cpuSeconds)}`,
          `--fsize=${limits.outputBytes}`,
          // Not the address space: V8 and WebAssembly reserve tens of gigabytes of it that they never touch.
          ...(limits.memoryBytes > 0 ? [`--data=${limits.memoryBytes}`] : []),
          '--',
        ]
      : []),
    ...(bwrap ? ['bwrap', ...bwrapArguments(readable)] : []),
    ...command,
  ]
}
