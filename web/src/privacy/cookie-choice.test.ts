/** C104, C106, C110: what is for convenience can be refused whole, one by one, or by the browser's own signal. */
import { policy } from '@sotto/policy'
import { beforeEach, expect, test, vi } from 'vitest'

const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
}
async function load(gpc?: boolean) {
  vi.resetModules()
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('navigator', gpc === undefined ? {} : { globalPrivacyControl: gpc })
  vi.stubGlobal('window', {})
  return import('./cookie-choice.ts')
}
beforeEach(() => kept.clear())

test('the list is that of the policy: whatever is not necessary can be refused (C104, C110)', async () => {
  const { CONVENIENCES } = await load()
  const declared = Object.entries(policy.cookies).filter(([, { need }]) => need !== 'necessary')
  expect([...CONVENIENCES].sort()).toEqual(declared.map(([id]) => id).sort())
})

test('refusing all takes one call, as allowing all does, and what was kept goes (C110)', async () => {
  const { CONVENIENCES, chooseAll, mayKeep } = await load()
  kept.set('theme', 'dark')
  await chooseAll(false)
  expect(CONVENIENCES.filter(mayKeep)).toEqual([])
  expect([...kept.keys()]).toEqual(['cookie_choice'])
  await chooseAll(true)
  expect(CONVENIENCES.filter(mayKeep)).toEqual(CONVENIENCES)
})

test('each can be refused alone, and the choice is there after a reload (C110)', async () => {
  const first = await load()
  kept.set('theme', 'dark')
  kept.set('locale', 'en')
  await first.choose({ theme: false })
  expect([...kept.keys()].sort()).toEqual(['cookie_choice', 'locale'])
  const again = await load()
  expect(again.mayKeep('theme')).toBe(false)
  expect(again.mayKeep('locale')).toBe(true)
})

test('Global Privacy Control counts as refusing, told by browser or server, until the person says otherwise (C106)', async () => {
  expect((await load(true)).mayKeep('theme')).toBe(false)
  const { chooseAll, hearSignal, mayKeep } = await load(false)
  expect(mayKeep('theme')).toBe(true)
  hearSignal(true)
  expect(mayKeep('theme')).toBe(false)
  await chooseAll(true)
  expect(mayKeep('theme')).toBe(true)
})
