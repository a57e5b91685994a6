/** The house as DESIGN draws it: imports run one way, files stay small, nothing is left half done. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter(Boolean)
const sources = tracked.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts'))
const product = sources.filter(
  (file) => /^(policy|media|server|web|cli)\/src\//.test(file) && !file.includes('must-not-compile'),
)
const read = (file: string) => readFileSync(join(root, file), 'utf8')

interface Import {
  readonly file: string
  readonly from: string
  readonly typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const found: Import[] = []
  const text = read(file)
  for (const [, what = '', from = ''] of text.matchAll(/^(?:import|export)\s([^'";]*?)\sfrom\s'([^']+)'/gm))
    found.push({ file, from, typeOnly: what.startsWith('type ') })
  for (const [, from = ''] of text.matchAll(/(?:^import\s+|import\()'([^']+)'/gm))
    found.push({ file, from, typeOnly: false })
  return found
}

const folderOf = (file: string) => file.split('/', 1)[0] as string
const imports = product.filter((file) => !file.includes('.test.')).flatMap(importsOf)

/** What each folder may import of ours; DESIGN section 2. */
const allowed: Record<string, RegExp> = {
  policy: /^(?!)/,
  media: /^(?!)/,
  server: /^@sotto\/(policy|media)(\/|$)/,
  web: /^@sotto\/(policy(\/agreement)?$|media\/words$|media\/(face|provenance)\/[\w-]+$|media\/mix\/(arrangement|arrangement-edit|bed-names|mix-defaults|snap)$|media\/synthesis\/script$|media$|server\/(client|contract)$)/,
  cli: /^@sotto\/(policy|media|server)(\/|$)/,
}

test('imports run one way: policy and media import nothing of ours, web and terminal only the contract', () => {
  const wrong = imports
    .filter(({ from }) => from.startsWith('@sotto/'))
    .filter(({ file, from }) => !allowed[folderOf(file)]?.test(from))
    .map(({ file, from }) => `${file} imports ${from}`)
  expect(wrong).toEqual([])
  const across = imports
    .filter(({ from }) => from.startsWith('.'))
    .filter(({ file, from }) => folderOf(relative(root, join(root, dirname(file), from))) !== folderOf(file))
    .map(({ file, from }) => `${file} reaches ${from}`)
  expect(across).toEqual([])
})

test('the page takes only types of the contract and the policy runs anywhere', () => {
  const values = imports
    .filter(
      ({ file, from, typeOnly }) => folderOf(file) === 'web' && /^@sotto\/server\/contract$/.test(from) && !typeOnly,
    )
    .map(({ file }) => file)
  expect(values).toEqual([])
  const node = imports
    .filter(({ file, from }) => folderOf(file) === 'policy' && from.startsWith('node:'))
    .map(({ file }) => file)
  expect(node).toEqual([])
})

test('only the gate joins the policy with requests and jobs: nobody else decides', () => {
  const deciding = product
    .filter(
      (file) => file.startsWith('server/src/') && !file.startsWith('server/src/gate/') && !file.includes('.test.'),
    )
    .filter((file) => /\bdecide\b[^'"]*from '@sotto\/policy'/.test(read(file)))
  expect(deciding).toEqual([])
})

test('no file is over 500 lines', () => {
  const long = sources.filter((file) => read(file).split('\n').length > 501)
  expect(long).toEqual([])
})

test('nothing is left half done, skipped or cast away', () => {
  const marks = /\b(TODO|FIXME|XXX)\b|@ts-ignore|\b(test|it|describe)\.(only|todo|skip)\(/
  const cast = /\bas any\b/
  const withoutComment = (line: string) => line.replace(/\/\/.*$|^\s*\/?\*.*$/, '')
  const left = sources
    .filter((file) => !file.includes('must-not-compile') && file !== 'test/architecture.test.ts')
    .flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, i) =>
          marks.test(line) || cast.test(withoutComment(line)) ? [`${file}:${i + 1}: ${line.trim()}`] : [],
        ),
    )
  expect(left).toEqual([])
})

test('no default exports but where a tool asks for one; one public index a workspace', () => {
  const defaults = sources
    .filter((file) => !/\.config\.ts$|global-setup\.ts$/.test(file))
    .filter((file) => /^export default/m.test(read(file)))
  expect(defaults).toEqual([])
  const barrels = product.filter(
    (file) => /\/index\.ts$/.test(file) && !/^(policy|media|server|web|cli)\/src\/index\.ts$/.test(file),
  )
  // Two more public entries: the words, which the page takes without the engine, and the contract, without the server.
  expect(barrels.sort()).toEqual(['media/src/words/index.ts', 'server/src/contract/index.ts'])
})

test('versions are exact, and there is one copy of each heavy package', () => {
  const manifests = tracked.filter((file) => /(^|\/)package\.json$/.test(file))
  const loose = manifests.flatMap((file) => {
    const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = JSON.parse(read(file))
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
      .map(([name, version]) => `${file}: ${name} ${version}`)
  })
  expect(loose).toEqual([])
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> }
  for (const heavy of [
    'onnxruntime-node',
    'onnxruntime-web',
    '@huggingface/transformers',
    'node-av',
    'react',
    '@electric-sql/pglite',
  ]) {
    const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${heavy}`))
    expect(copies.length, heavy).toBeLessThanOrEqual(1)
  }
})

test('every exported symbol says what it is', () => {
  const bare = product
    .filter((file) => !/\.test\.tsx?$|\/text\/|\/testing\//.test(file))
    .flatMap((file) => {
      const lines = read(file).split('\n')
      return lines.flatMap((line, i) => {
        if (!/^export (async )?(function\*?|class|const|interface|type|abstract class) \w/.test(line)) return []
        let above = i - 1
        while (above >= 0 && /^\s*(\/\/|@)/.test(lines[above] as string)) above--
        return /\*\/\s*$/.test(lines[above] ?? '') ? [] : [`${file}:${i + 1}: ${line.slice(0, 60)}`]
      })
    })
  expect(bare).toEqual([])
})
