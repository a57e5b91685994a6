/**
 * Limits on what can be tried, by number, name or address. Kept in memory alone, under keyed hashes whose key dies with
 * the process: a limit never becomes a record of who came from where.
 */
import { createHmac, randomBytes } from 'node:crypto'

/** At most `most` times within `within` milliseconds. */
export interface Window {
  readonly most: number
  readonly within: number
}

const MINUTE = 60_000
/** Codes sent to one number, and asked for from one address. */
export const CODES_PER_NUMBER: readonly Window[] = [
  { most: 3, within: 10 * MINUTE },
  { most: 10, within: 24 * 60 * MINUTE },
]
/** How many codes one address may ask for. */
export const CODES_PER_ADDRESS: readonly Window[] = [
  { most: 20, within: 10 * MINUTE },
  { most: 100, within: 24 * 60 * MINUTE },
]
/** Codes entered, and guests begun, from one address. */
export const TRIES_PER_ADDRESS: readonly Window[] = [{ most: 60, within: 10 * MINUTE }]

/** More keys than this at once are an attack: the oldest are let go. */
const MOST_KEYS = 100_000

function hashedKeys(): (key: string) => string {
  const secret = randomBytes(32)
  return (key) => createHmac('sha256', secret).update(key).digest('base64')
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > MOST_KEYS) map.delete(map.keys().next().value as string)
}

/**
 * A limit over sliding windows. `take` counts one use and answers `undefined`, or, where a window is full, counts nothing
 * and answers the seconds until it is not.
 */
export function limiter(windows: readonly Window[], now: () => Date): { take(key: string): number | undefined } {
  const hashed = hashedKeys()
  const used = new Map<string, number[]>()
  const longest = Math.max(...windows.map((window) => window.within))
  return {
    take(key) {
      const at = now().getTime()
      const id = hashed(key)
      const times = (used.get(id) ?? []).filter((time) => at - time < longest)
      let wait = 0
      for (const { most, within } of windows) {
        const recent = times.filter((time) => at - time < within)
        const oldest = recent.at(-most)
        if (oldest !== undefined) wait = Math.max(wait, oldest + within - at)
      }
      if (wait > 0) return Math.ceil(wait / 1000)
      remember(used, id, [...times, at])
      return undefined
    },
  }
}

/** Tries that cost nothing, and the waits after them: doubled each time up to the longest. */
const FREE_TRIES = 5
const FIRST_WAIT = 30_000
const LONGEST_WAIT = 15 * MINUTE
const FORGET_AFTER = 60 * MINUTE

/**
 * A lock-out that backs off (OWASP ASVS 5.0, 6.3.1). Each `begin` counts as failed until `clear` says otherwise, so that
 * guesses sent at the same time are all counted. `begin` answers the seconds to wait where the door is closed.
 */
export function backoff(now: () => Date): { begin(key: string): number | undefined; clear(key: string): void } {
  const hashed = hashedKeys()
  const known = new Map<string, { failures: number; last: number; until: number }>()
  return {
    begin(key) {
      const at = now().getTime()
      const id = hashed(key)
      const before = known.get(id)
      if (before && before.until > at) return Math.ceil((before.until - at) / 1000)
      const failures = (before && at - before.last < FORGET_AFTER ? before.failures : 0) + 1
      const wait = failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - FREE_TRIES))
      remember(known, id, { failures, last: at, until: at + wait })
      return undefined
    },
    clear(key) {
      known.delete(hashed(key))
    },
  }
}

/** The part of an address that one household or host commands: an IPv6 /64 (RFC 6177), a whole IPv4 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '').split('%', 1)[0] ?? ''
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail ? tail.split(':') : []
  const groups =
    tail === undefined ? front : [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return groups.slice(0, 4).join(':')
}
