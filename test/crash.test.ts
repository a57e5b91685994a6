/**
 * `kill -9` at random moments (DESIGN law 4): nothing acknowledged is lost, every job ends, the ledger holds, and no byte
 * of anything sealed lies on the disk in clear. 25 kills here; `npm run soak` does 500 by `KILLS`.
 */
import { sorts } from '@sotto/server/testing/databases'
import { describe, expect, test } from 'vitest'
import { Chance } from './crash/chance.ts'
import { killAgainAndAgain } from './crash/kills.ts'
import { home } from './crash/server-process.ts'

const kills = Number(process.env.KILLS ?? 25)

describe.each(sorts)('killed on %s', (sort) => {
  // Half of them on each database; the odd one on the embedded.
  const times = sort === 'embedded' ? Math.ceil(kills / sorts.length) : Math.floor(kills / sorts.length)
  test(`${times} times, nothing acknowledged is lost`, { timeout: times * 60_000 + 120_000 }, async () => {
    const chance = new Chance(process.env.CRASH_SEED ? Number(process.env.CRASH_SEED) : undefined)
    console.log(`seed ${chance.seed}: run again with CRASH_SEED=${chance.seed}`)
    await using here = await home(sort)
    const { acknowledged, cutOff } = await killAgainAndAgain(here, chance, times)
    console.log(`seed ${chance.seed}: ${acknowledged} deeds acknowledged, ${cutOff} cut off by ${times} kills`)
    // Otherwise nothing was proven: three people at work, killed in the middle of it.
    expect(acknowledged).toBeGreaterThan(times * 3)
    expect(cutOff).toBeGreaterThan(times)
    expect(here.log.join('')).not.toMatch(/"level":"fatal"|UnhandledPromiseRejection/)
  })
})
