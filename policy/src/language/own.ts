/** Looking things up by a word that came from outside, safe from the names every object inherits. */

/** The entry of a section by its id; `undefined` where the section itself has none (`constructor` is no entry). */
export function own<T>(section: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(section, id) ? section[id] : undefined
}
