#!/usr/bin/env node
// Starts src/main.ts on a Node that runs TypeScript. Plain JavaScript: any Node from 20.19 on must be able to read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const main = join(here, '..', 'src', 'main.ts')

/** The Node 24 that npm installed: in the nearest node_modules that has one. */
function ownNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  for (let folder = here; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', '.bin', name)
    if (existsSync(path)) return path
    if (folder === dirname(folder)) return undefined
  }
}

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { start } = await import(main)
  await start()
} else {
  const node = ownNode()
  if (node === undefined) {
    process.stderr.write('sotto: needs Node 24, which npm install brings along; run npm install first\n')
    process.exit(5)
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both: the child cleans up and says how it ended.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`sotto: cannot start ${node} (${error.message})\n`)
    process.exit(5)
  })
  child.on('close', (code, signal) => process.exit(signal === null ? code : 1))
}
