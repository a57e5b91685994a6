/** Destroying keys: a person with 10 and with 10,000 items, and one item of 10,000 (aim: it does not grow). */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyStore } from '@sotto/server/testing/keyring'
import { median, ratioRow, type Section } from './measure.ts'

const ROUNDS = 15

export async function erasing(): Promise<Section> {
  const directory = await mkdtemp(join(tmpdir(), 'sotto-bench-'))
  const wrapping = createSecretKey(randomBytes(32))
  // Each person is made once and put back for every round: what is timed is destroying.
  async function person(items: number) {
    const id = randomUUID()
    const store = new KeyStore(directory, wrapping)
    await store.createPerson(id)
    const ids = Array.from({ length: items }, () => randomUUID())
    await Promise.all(ids.map((item) => store.add(id, item)))
    const file = join(directory, id.slice(0, 2), `${id}.keys`)
    const bytes = await readFile(file)
    return { id, item: ids[items >> 1] as string, restore: () => writeFile(file, bytes, { flush: true }) }
  }
  const [few, many] = [await person(10), await person(10_000)]
  const times = { few: [] as number[], many: [] as number[], oneOfFew: [] as number[], oneOfMany: [] as number[] }
  for (let round = 0; round < ROUNDS; round++)
    for (const [who, whole, one] of [
      [few, times.few, times.oneOfFew],
      [many, times.many, times.oneOfMany],
    ] as const) {
      await who.restore()
      const store = new KeyStore(directory, wrapping)
      await store.key(who.id, who.id)
      let start = performance.now()
      await store.destroy(who.id, who.item)
      one.push(performance.now() - start)
      start = performance.now()
      await store.destroyPerson(who.id)
      whole.push(performance.now() - start)
    }
  await rm(directory, { recursive: true })
  const ms = (values: number[]) => `${median(values).toFixed(2)} ms`
  return {
    title: 'Destroying keys',
    rows: [
      { what: 'a person with 10 items', value: ms(times.few) },
      { what: 'a person with 10,000 items', value: ms(times.many) },
      ratioRow('growth, person', median(times.many) / median(times.few), 1.5, true),
      { what: 'one item of 10', value: ms(times.oneOfFew) },
      { what: 'one item of 10,000', value: ms(times.oneOfMany) },
      ratioRow('growth, item', median(times.oneOfMany) / median(times.oneOfFew), 1.5, true),
    ],
  }
}
