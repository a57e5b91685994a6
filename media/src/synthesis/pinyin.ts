/**
 * Mandarin syllables in the International Phonetic Alphabet as Kokoro was trained with it: one sign for an affricate,
 * an arrow for the tone after the vowel that carries it (Duanmu 2007, The Phonology of Standard Chinese, for the sounds).
 */

const initials: Readonly<Record<string, string>> = {
  b: 'p',
  p: 'pʰ',
  m: 'm',
  f: 'f',
  d: 't',
  t: 'tʰ',
  n: 'n',
  l: 'l',
  g: 'k',
  k: 'kʰ',
  h: 'x',
  j: 'ʨ',
  q: 'ʨʰ',
  x: 'ɕ',
  zh: 'ꭧ',
  ch: 'ꭧʰ',
  sh: 'ʂ',
  r: 'ɻ',
  z: 'ʦ',
  c: 'ʦʰ',
  s: 's',
}

/** Finals in full spelling (`uei`, not `ui`; `v` for ü): the part that carries the tone, and what follows it. */
const finals: Readonly<Record<string, readonly [string, string]>> = {
  a: ['a', ''],
  o: ['wo', ''],
  e: ['ɤ', ''],
  ê: ['ɛ', ''],
  i: ['i', ''],
  u: ['u', ''],
  v: ['y', ''],
  ai: ['ai', ''],
  ei: ['ei', ''],
  ao: ['au', ''],
  ou: ['ou', ''],
  an: ['a', 'n'],
  en: ['ə', 'n'],
  ang: ['a', 'ŋ'],
  eng: ['ə', 'ŋ'],
  ong: ['ʊ', 'ŋ'],
  er: ['ɚ', ''],
  ia: ['ja', ''],
  ie: ['je', ''],
  iao: ['jau', ''],
  iou: ['jou', ''],
  ian: ['jɛ', 'n'],
  in: ['i', 'n'],
  iang: ['ja', 'ŋ'],
  ing: ['i', 'ŋ'],
  iong: ['jʊ', 'ŋ'],
  ua: ['wa', ''],
  uo: ['wo', ''],
  uai: ['wai', ''],
  uei: ['wei', ''],
  uan: ['wa', 'n'],
  uen: ['wə', 'n'],
  uang: ['wa', 'ŋ'],
  ueng: ['wə', 'ŋ'],
  ve: ['ɥe', ''],
  van: ['ɥɛ', 'n'],
  vn: ['y', 'n'],
}

const tones = ['', '→', '↗', '↓', '↘'] as const

const whole: Readonly<Record<string, string>> = { ng: 'əŋ', n: 'ən', m: 'm', hm: 'xm', hng: 'xəŋ' }

/** Spelling with y, w and shortened finals, as full spelling without an initial. */
function fullFinal(final: string, initial: string): string {
  const bare = final.replace('ü', 'v')
  if (/^[jqx]$/.test(initial) && bare.startsWith('u')) return `v${bare.slice(1)}`
  return { iu: 'iou', ui: 'uei', un: 'uen', ue: 've' }[bare] ?? bare
}

function bareSyllable(syllable: string): { initial: string; final: string } {
  if (syllable.startsWith('yu')) return { initial: '', final: `v${syllable.slice(2)}` }
  if (syllable.startsWith('y')) {
    const rest = syllable.slice(1)
    return { initial: '', final: fullFinal(rest.startsWith('i') ? rest : `i${rest}`, '') }
  }
  if (syllable.startsWith('w')) {
    const rest = syllable.slice(1)
    return { initial: '', final: fullFinal(rest.startsWith('u') ? rest : `u${rest}`, '') }
  }
  const initial = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcs])/.exec(syllable)?.[0] ?? ''
  return { initial, final: fullFinal(syllable.slice(initial.length), initial) }
}

/** One syllable of pinyin with its tone as a number, e.g. `zhong1` or `lv4`; 0 or 5 is the neutral tone. Undefined where it is none. */
export function syllableIpa(pinyin: string): string | undefined {
  const parts = /^([a-zêü]+)([0-5])?$/.exec(pinyin)
  if (!parts?.[1]) return undefined
  const tone = tones[Number(parts[2] ?? 0) % 5] ?? ''
  const interjection = whole[parts[1]]
  if (interjection !== undefined) return interjection + tone
  const { initial, final } = bareSyllable(parts[1])
  // The vowel of zi, ci, si, zhi, chi, shi and ri is the consonant held on.
  if (final === 'i' && /^(?:[zcs]h?|r)$/.test(initial)) return `${initials[initial]}ɨ${tone}`
  const [carrier, rest] = finals[final] ?? []
  if (carrier === undefined || rest === undefined) return undefined
  const lips = /^[bpmf]$/.test(initial) && final === 'o' ? 'wo' : carrier
  return (initials[initial] ?? '') + lips + tone + rest
}
