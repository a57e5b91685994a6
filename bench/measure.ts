/** How the benches measure: rivals in turns within one run, medians, and a ratio to the first. Never an absolute promise. */
export interface Row {
  readonly what: string
  /** The figure itself, with its unit. */
  readonly value: string
  /** What is aimed at, and whether it was met; absent where there is no aim. */
  readonly aim?: string
  readonly met?: boolean
}

export interface Section {
  readonly title: string
  readonly rows: Row[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Runs every rival once a round, for some rounds, and answers each one's median milliseconds. The order turns each round. */
export async function sideBySide<N extends string>(
  rounds: number,
  rivals: Record<N, () => unknown>,
): Promise<Record<N, number>> {
  const names = Object.keys(rivals) as N[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<N, number[]>
  for (const name of names) await rivals[name]()
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length] as N
      const start = performance.now()
      await rivals[name]()
      times[name].push(performance.now() - start)
    }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<N, number>
}

/** A row for "at least `aim`" (or at most, with `atMost`). */
export function ratioRow(what: string, ratio: number, aim: number, atMost = false): Row {
  return {
    what,
    value: `${ratio.toFixed(2)}x`,
    aim: `${atMost ? '<=' : '>='} ${aim}x`,
    met: atMost ? ratio <= aim : ratio >= aim,
  }
}
