/** What is kept of a user agent: the two words by which a person knows their device again, and no version or model. */

const programs: readonly (readonly [RegExp, string])[] = [
  [/sotto/i, 'Sotto'],
  [/Edg/, 'Edge'],
  [/OPR\//, 'Opera'],
  [/MicroMessenger/, 'WeChat'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
  [/^node/i, 'Sotto'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** E.g. `Firefox, Linux`; `undefined` where nothing is recognised. */
export function agentOf(header: string | undefined): string | undefined {
  const named = (list: typeof programs) => list.find(([pattern]) => pattern.test(header ?? ''))?.[1]
  return [named(programs), named(systems)].filter((word) => word !== undefined).join(', ') || undefined
}
