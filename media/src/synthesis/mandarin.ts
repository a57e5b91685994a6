import { speakNumbers } from './chinese-numbers.ts'
import { syllableIpa } from './pinyin.ts'

const marks: Readonly<Record<string, string>> = {
  '，': ',',
  '、': ',',
  '。': '.',
  '．': '.',
  '！': '!',
  '？': '?',
  '；': ';',
  '：': ':',
  '…': '…',
  '—': '—',
  '“': '“',
  '”': '”',
  '（': '(',
  '）': ')',
}

/**
 * Two third tones in one word: the first becomes a second one (Duanmu 2007, chapter 11). Longer runs are left to the
 * voice, whose training heard them.
 */
function sandhi(syllables: readonly string[]): string[] {
  return syllables.map((syllable, index) =>
    syllable.endsWith('3') && syllables[index + 1]?.endsWith('3') ? `${syllable.slice(0, -1)}2` : syllable,
  )
}

/**
 * The symbols of a Mandarin text. What is written in Latin letters is given to `latin`, which answers with its symbols.
 */
export async function mandarinSymbols(text: string, latin: (text: string) => string): Promise<string> {
  const { pinyin } = await import('pinyin-pro')
  const plain = speakNumbers(text)
  const readings = pinyin(plain, { type: 'all', toneType: 'num', toneSandhi: true, v: true })
  const characters: { text: string; reading: string }[] = readings.map((one) => ({
    text: one.origin,
    reading: one.isZh ? one.pinyin : '',
  }))
  let at = 0
  const words: string[] = []
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(plain)) {
    const own: string[] = []
    for (let length = 0; length < segment.length && at < characters.length; at += 1) {
      const character = characters[at] as { text: string; reading: string } // at is below the length
      own.push(character.reading)
      length += character.text.length
    }
    const syllables = sandhi(own).map((reading) => syllableIpa(reading))
    if (syllables.every((one) => one !== undefined)) words.push(` ${syllables.join('')}`)
    else if (/\p{Script=Latin}/u.test(segment)) words.push(` ${latin(segment)}`)
    else words.push(marks[segment] ?? (/^[,.!?;:()]$/.test(segment) ? segment : ' '))
  }
  return words.join('').replace(/\s+/g, ' ').trim()
}
