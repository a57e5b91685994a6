/** C10, C112, C126, C132, C170, C263, C271, G15, G20: what must not compile does not, and is refused when cast. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { definePolicy } from './define-policy.ts'
import { InvalidPolicyError } from './fault.ts'
import { small } from './small-policy.fixture.ts'

const folder = fileURLToPath(new URL('../must-not-compile', import.meta.url))
const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))

/** The sentence each file must be refused with stands in its first line. */
function sentenceOf(file: string): string {
  return (
    readFileSync(`${folder}/${file}`, 'utf8')
      .split('\n')[0]
      ?.replace(/^\/\/ /, '') ?? ''
  )
}

const { stdout } = spawnSync(tsc, ['-p', folder, '--pretty', 'false', '--noErrorTruncation'], { encoding: 'utf8' })
const errors = stdout.split(/\n(?=\S)/).filter((line) => line.includes('error TS'))

test('there are files to check, and the unspoiled document compiles and runs', () => {
  expect(files.length).toBeGreaterThanOrEqual(15)
  expect(definePolicy(small)).toBe(small)
})

test('the compiler complains about these files and nothing else', () => {
  const complained = new Set(errors.map((error) => /([^/\\]+\.ts)\(/.exec(error)?.[1]))
  expect([...complained].sort()).toEqual([...files].sort())
})

test.each(files)('%s does not compile, and says why', (file) => {
  const mine = errors.filter((error) => error.includes(`/${file}(`))
  expect(mine).toHaveLength(1)
  expect(mine[0]).toContain(sentenceOf(file))
})

test.each(files)('%s is refused at run time with the same sentence', async (file) => {
  // The file is run as it stands: its types are stripped, as they are for someone who casts.
  const refused: unknown = await import(`../must-not-compile/${file.slice(0, -3)}.ts`).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refused).toBeInstanceOf(InvalidPolicyError)
  const { faults, message } = refused as InvalidPolicyError
  expect(faults).toHaveLength(1)
  expect(message).toContain(sentenceOf(file))
})
