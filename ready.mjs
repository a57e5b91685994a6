/**
 * Makes this checkout ready to run: installs what is missing, builds the pages when they are older than their sources.
 * Plain JavaScript for whatever Node >= 20.19 is there; everything else then runs on the Node 24 that npm brings.
 * With --tests also what the tests need of the machine: Chromium, PostgreSQL, CJK fonts (Debian, as root).
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname
const stamps = join(root, 'node_modules', '.sotto')
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node ${process.versions.node} is too old: Sotto needs Node >= 20.19.`)

function fail(message) {
  console.error(message)
  process.exit(1)
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (error || status !== 0) fail(`${command} ${args.join(' ')} did not succeed${error ? `: ${error.message}` : ''}.`)
}

/** Runs `work` unless it was done for the same content before. */
function once(name, content, work) {
  const digest = createHash('sha256').update(content).digest('hex')
  const stamp = join(stamps, name)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  work()
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, digest)
}

/** Names and contents of all source files below a folder. */
function contentOf(folder) {
  const parts = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !/node_modules|[\\/]dist[\\/]/.test(path)) parts.push(path, readFileSync(path))
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}

const lock = readFileSync(join(root, 'package-lock.json'))
once('installed', lock, () => {
  console.log('Installing (about a minute, once)...')
  // Not `npm ci`: it refuses the lock file of a registry that lacks a package for some other kind of machine.
  // Engines of development tools ask for a newer Node than npm may be running on; they run on the one it installs.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  })
})
const node = existsSync(join(root, 'node_modules', '.bin', 'node'))
  ? join(root, 'node_modules', '.bin', 'node')
  : undefined
if (!node) fail('There is no Node 24 for this kind of machine on npm: install Node >= 24 yourself.')

const sources = ['web', 'policy/src', 'media/src/words', 'media/fixtures', 'server/src/contract'].map(contentOf)
once('built', Buffer.concat([lock, ...sources]), () => {
  console.log('Building the pages...')
  run(node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', 'web'])
})

if (process.argv.includes('--tests')) {
  const has = (...paths) => paths.some((path) => existsSync(path))
  const missing = []
  if (!has('/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome')) missing.push('chromium')
  if (!has('/usr/lib/postgresql')) missing.push('postgresql')
  if (!has('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) missing.push('fonts-noto-cjk')
  for (const tool of ['ffmpeg', 'strace', 'time']) if (!has(`/usr/bin/${tool}`)) missing.push(tool)
  if (missing.length > 0) {
    if (process.platform !== 'linux' || process.getuid?.() !== 0 || !has('/usr/bin/apt-get'))
      fail(`The tests need ${missing.join(', ')}: install them, then run again.`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'], { env })
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
}
