import { expect, test } from 'vitest'
import { en } from './en.ts'
import { matchLocale } from './locale.ts'
import { zhCN } from './zh-CN.ts'

type Leaf = string | ((...given: never[]) => string)
function leaves(node: object, path = ''): [string, Leaf][] {
  return Object.entries(node).flatMap(([key, value]): [string, Leaf][] =>
    typeof value === 'object' ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, value as Leaf]],
  )
}
/** The text as a person could see it; functions get a marker for each parameter. */
function shown(leaf: Leaf, marks: readonly unknown[]): string {
  return typeof leaf === 'string' ? leaf : (leaf as (...given: readonly unknown[]) => string)(...marks)
}

test('both catalogues have the same texts, none empty', () => {
  const english = leaves(en)
  const chinese = new Map(leaves(zhCN))
  expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  for (const [key, leaf] of english) {
    expect(shown(leaf, [2, 2, 2]).trim(), key).not.toBe('')
    expect(shown(chinese.get(key) as Leaf, [2, 2, 2]).trim(), key).not.toBe('')
  }
})

test('a text that takes something says it, in both languages', () => {
  const chinese = new Map(leaves(zhCN))
  for (const [key, leaf] of leaves(en)) {
    if (typeof leaf === 'string') continue
    const marks = Array.from({ length: leaf.length }, (_, index) => 4711 + index)
    for (const mark of marks) {
      expect(shown(leaf, marks), key).toContain(String(mark))
      expect(shown(chinese.get(key) as Leaf, marks), key).toContain(String(mark))
    }
  }
})

test('a Chinese text has Chinese in it, apart from names', () => {
  for (const [key, leaf] of leaves(zhCN)) {
    if (key === 'app.title' || /\.(sending|of|doneOf)$/.test(key)) continue
    expect(shown(leaf, [2, 2, 2]), key).toMatch(/\p{Script=Han}/u)
  }
})

test('the page speaks the first language it can of those the browser wants', () => {
  expect(matchLocale(['fr-FR', 'zh-Hans-CN', 'en'])).toBe('zh-CN')
  expect(matchLocale(['zh-TW'])).toBe('zh-CN')
  expect(matchLocale(['en-GB', 'zh'])).toBe('en')
  expect(matchLocale(['sw'])).toBe('en')
  expect(matchLocale([])).toBe('en')
})
