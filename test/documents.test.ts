/** The documents against the repository: what they name must be there. They describe what is, so they break with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { commands } from '@sotto/cli/src/commands.ts'
import { settingNames } from '@sotto/server'
import { contract } from '@sotto/server/contract'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.git', 'artefacts', 'coverage'])

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

const files = filesBelow(root)
const documents = files
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ name: relative(root, file), file, text: readFileSync(file, 'utf8') }))

/** What stands in fences and between backticks, one piece each line or span. */
function code(text: string): string[] {
  const fences = [...text.matchAll(/^ *```[^\n]*\n([\s\S]*?)^ *```/gm)].flatMap(([, inside = '']) => inside.split('\n'))
  const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, '')
  return [...fences, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, inside = '']) => inside)]
}

/** The anchor of a heading, as the usual viewers make it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
}

function anchors(text: string): string[] {
  const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, '')
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchor(heading))
}

test('there are documents to look at', () => {
  expect(documents.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']),
  )
})

/** What is wrong in all documents, each with its document. */
function wrongIn(find: (document: (typeof documents)[number]) => readonly string[]): string[] {
  return documents.flatMap((document) => find(document).map((what) => `${document.name}: ${what}`))
}

test('every relative link leads to something', () => {
  const broken = wrongIn(({ file, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, to = '']) => to)
      .filter((link) => {
        if (/^[a-z]+:/.test(link)) return false
        const [path = '', part] = link.split('#')
        const target = path === '' ? file : join(dirname(file), path)
        if (!existsSync(target)) return true
        return part !== undefined && target.endsWith('.md') && !anchors(readFileSync(target, 'utf8')).includes(part)
      }),
  )
  expect(broken).toEqual([])
})

test('every file they name is there', () => {
  const names = new Set(files.map((file) => basename(file)))
  const missing = wrongIn(({ text }) =>
    code(text).filter((piece) => {
      if (/^(policy|media|server|web|cli|test|bench|docs)\/[\w./-]+\.\w+$/.test(piece))
        return !existsSync(join(root, piece))
      return /^[\w-]+(\/[\w-]+)*\.(ts|tsx|mjs)$/.test(piece) && !names.has(basename(piece))
    }),
  )
  expect(missing).toEqual([])
})

test('every npm script they name exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const missing = wrongIn(({ text }) =>
    code(text)
      .flatMap((piece) => [...piece.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)])
      .map(([, run, short]) => run ?? short ?? '')
      .filter((name) => !(name in scripts)),
  )
  expect(missing).toEqual([])
})

test('every command they name exists, with its verbs and options', async () => {
  const usages = new Map<string, string>()
  for (const [name, load] of Object.entries(commands)) usages.set(name, (await load()).command.usage)
  const wrong = wrongIn(({ text }) =>
    code(text)
      .flatMap((piece) => [...piece.matchAll(/(?:^|[$(] ?|npx )sotto ([a-z]\S*)([^|#]*)/g)])
      .filter(([, name = '', rest = '']) => {
        const usage = usages.get(name)
        if (usage === undefined) return true
        const verb = ['policy', 'ledger', 'models'].includes(name) ? /^ ([a-z]+)\b/.exec(rest)?.[1] : undefined
        if (verb !== undefined && !new RegExp(`\\b${verb}\\b`).test(usage)) return true
        return (rest.match(/--[a-z-]+/g) ?? []).some((option) => !usage.includes(option))
      })
      .map(([call]) => call),
  )
  expect(wrong).toEqual([])
})

test('every setting they name is one', () => {
  const known = new Set<string>([...settingNames, ...testSettings()])
  const unknown = wrongIn(({ text }) =>
    (text.match(/\bSOTTO_[A-Z_]*[A-Z]\b/g) ?? []).filter((name) => !known.has(name)),
  )
  expect(unknown).toEqual([])
})

test('every route they name exists', () => {
  const missing = wrongIn(({ text }) =>
    code(text)
      .flatMap((piece) => piece.match(/\b(?:GET|POST|PUT|PATCH|DELETE) \/api\/[\w/:-]+/g) ?? [])
      .filter((name) => !Object.hasOwn(contract, name)),
  )
  expect(missing).toEqual([])
})

test('they name no place of somebody’s own machine', () => {
  const places = wrongIn(
    ({ text }) => text.match(/(?<![\w.])(\/home\/\w|\/root\/|\/Users\/|\/work\/|[A-Z]:\\)\S*/g) ?? [],
  )
  expect(places).toEqual([])
})

/** Names that only tests read: they are no settings of a studio. */
function testSettings(): string[] {
  return files
    .filter((file) => /^(media\/src\/testing|test)\//.test(relative(root, file)) && file.endsWith('.ts'))
    .flatMap((file) => readFileSync(file, 'utf8').match(/(?<=process\.env\.)SOTTO_[A-Z_]+/g) ?? [])
}
