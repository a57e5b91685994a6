/**
 * From eSpeak's IPA to the symbols Kokoro was trained with (those of misaki, hexgrad's G2P library): one sign for each
 * diphthong and affricate.
 */

/** Affricates and diphthongs, in every language. */
const common: Readonly<Record<string, string>> = {
  dʒ: 'ʤ',
  tʃ: 'ʧ',
  ts: 'ʦ',
  dz: 'ʣ',
  tɕ: 'ʨ',
  aɪ: 'I',
  aʊ: 'W',
  eɪ: 'A',
  ɔɪ: 'Y',
  oɪ: 'Y',
  oʊ: 'O',
  əʊ: 'Q',
}

const english: Readonly<Record<string, string>> = {
  ...common,
  ɚ: 'əɹ',
  əl: 'ᵊl',
  r: 'ɹ',
  x: 'k',
  ç: 'k',
  ɐ: 'ə',
  ɬ: 'l',
  ʔ: 't',
  ɾ: 'T',
  e: 'A',
}

const american: Readonly<Record<string, string>> = { ...english, ɜː: 'ɜɹ', ɜ: 'ɜɹ', iə: 'iə', ɪə: 'iə', o: 'ɔ' }

const british: Readonly<Record<string, string>> = { ...english, eə: 'ɛː', iə: 'ɪə', ɔɹ: 'ɔː' }

/** Which table a way of speaking uses. */
export type Accent = 'american' | 'british' | 'other'

const tables = { american, british, other: common }

/** One phoneme, with its stress sign if it has one. */
function symbolsOf(phoneme: string, accent: Accent): string {
  const stress = /^[ˈˌ]/.exec(phoneme)?.[0] ?? ''
  const bare = phoneme.slice(stress.length)
  const table = tables[accent]
  const known = table[bare] ?? table[bare.replace('ː', '')]
  const symbols = known ?? bare
  return stress + (accent === 'american' ? symbols.replaceAll('ː', '') : symbols)
}

/** The symbols of what eSpeak wrote: see `Espeak.ipa`. */
export function kokoroSymbols(ipa: string, accent: Accent): string {
  return ipa
    .split(/\s+/u)
    .map((word) => {
      const symbols = word.split('_').map((phoneme) => symbolsOf(phoneme, accent))
      return symbols.join('').normalize('NFD')
    })
    .filter(Boolean)
    .join(' ')
}
