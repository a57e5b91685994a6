/** C1: a content hash is that of the content, not of how it was written down. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, contentHash } from '../index.ts'

test('it is SHA-256 of the canonical JSON, as another implementation computes it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const other = createHash('sha256').update(canonicalJson(value)).digest('hex')
      expect(await contentHash(value)).toBe(other)
    }),
  )
})

test('canonical JSON is JSON of the same value, whatever the order of its keys', () => {
  const property = fc.property(fc.jsonValue(), (value) => {
    const text = canonicalJson(value)
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })
  fc.assert(property)
  expect(canonicalJson({ b: 1, a: [2, { d: null, c: undefined }] })).toBe('{"a":[2,{"d":null}],"b":1}')
})
