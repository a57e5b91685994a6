/** Background sounds made by code: no recording of anybody or anything, free for every use (CC0). */
export const bedNames = ['rain', 'waves', 'cafe', 'room', 'pad'] as const
/** One of them. */
export type BedName = (typeof bedNames)[number]

/** Whether a word names a background sound. */
export function isBed(name: string): name is BedName {
  return (bedNames as readonly string[]).includes(name)
}
