/**
 * What may be kept in this browser beyond what is necessary: all, nothing, or one by one. Global Privacy Control counts as
 * nothing until the person says otherwise (C104-C106, C110; W3C GPC). Read wherever something for convenience is kept.
 */
import { storeOf, useStore } from '../api/store.ts'

/** Things of the registry that are for convenience, each with how it is taken away. */
export const CONVENIENCES = ['theme', 'locale', 'install_id', 'shell'] as const
/** One of them. */
export type Convenience = (typeof CONVENIENCES)[number]

/** Declared in the policy's list of what is kept in the browser. */
const KEY = 'cookie_choice'

type Choice = Readonly<Partial<Record<Convenience, boolean>>>

function read(): Choice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Choice) : {}
  } catch {
    // Written by somebody else: as if nothing had been chosen.
    return {}
  }
}

const choice = storeOf<Choice>(read())
const heard = storeOf((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true)

/** The server says that the browser sent the signal, where the page itself cannot see it. */
export function hearSignal(gpc: boolean): void {
  if (gpc) heard.set(true)
}

/** Whether the signal was heard. */
export function useSignal(): boolean {
  return useStore(heard)
}

/** Whether this may be kept here now. */
export function mayKeep(id: Convenience): boolean {
  return choice.get()[id] ?? !heard.get()
}

/** The same, watched by a component. */
export function useMayKeep(): (id: Convenience) => boolean {
  useStore(choice)
  useStore(heard)
  return mayKeep
}

/** Takes away what may no longer be kept. */
async function takeAway(id: Convenience): Promise<void> {
  if (id !== 'shell') return localStorage.removeItem(id)
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) await one.unregister()
  if ('caches' in window) for (const name of await caches.keys()) await caches.delete(name)
}

/** Says what may be kept; what may not goes at once. Answers when it is gone. */
export async function choose(next: Choice): Promise<void> {
  const all = { ...choice.get(), ...next }
  localStorage.setItem(KEY, JSON.stringify(all))
  choice.set(all)
  for (const id of CONVENIENCES) if (!mayKeep(id)) await takeAway(id)
}

/** Everything or nothing of what is for convenience. */
export function chooseAll(keep: boolean): Promise<void> {
  return choose(Object.fromEntries(CONVENIENCES.map((id) => [id, keep])))
}
