/** A first guess at how hard a password is to guess, while it is typed. The server judges for good, with its lists. */

/** 0 (very weak) to 4 (strong): the bits of the characters used, repeats and rows counted once. */
export function strengthOf(password: string): 0 | 1 | 2 | 3 | 4 {
  const sets: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 33],
  ]
  const alphabet = sets.reduce((sum, [set, size]) => (set.test(password) ? sum + size : sum), 0)
  let length = 0
  const characters = [...password]
  characters.forEach((character, index) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? -9)
    if (Math.abs(step) > 1) length += 1
  })
  const bits = length * Math.log2(Math.max(2, alphabet))
  return bits < 25 ? 0 : bits < 36 ? 1 : bits < 50 ? 2 : bits < 65 ? 3 : 4
}
