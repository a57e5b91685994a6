import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { chineseNumber, speakNumbers } from './chinese-numbers.ts'
import { spokenChunks } from './chunk.ts'
import { Espeak } from './espeak.ts'
import { BREATH, MOST_TEMPO, overrun, tempoFor } from './fit.ts'
import { kokoroSymbols } from './kokoro-symbols.ts'
import { mandarinSymbols } from './mandarin.ts'
import { syllableIpa } from './pinyin.ts'
import { paragraphsOf, paragraphsOfFile } from './script.ts'
import { firstVoice, voiceOf, voices } from './voice.ts'

test.each([
  ['0', '零'],
  ['10', '十'],
  ['12', '十二'],
  ['20', '二十'],
  ['105', '一百零五'],
  ['110', '一百一十'],
  ['1001', '一千零一'],
  ['10008', '一万零八'],
  ['120000', '十二万'],
  ['100000001', '一亿零一'],
  ['007', '零零七'],
])('%s is said %s', (number, words) => expect(chineseNumber(number)).toBe(words))

test('years, times, decimals and percentages are read as what they are', () => {
  expect(speakNumbers('2024年3月5日8:05，1,250.5元，涨15%')).toBe(
    '二零二四年三月五日八点零五分，一千二百五十点五元，涨百分之十五',
  )
})

test.each([
  ['zhong1', 'ꭧʊ→ŋ'],
  ['xue2', 'ɕɥe↗'],
  ['yuan2', 'ɥɛ↗n'],
  ['wu3', 'u↓'],
  ['you4', 'jou↘'],
  ['liu4', 'ljou↘'],
  ['gui4', 'kwei↘'],
  ['si4', 'sɨ↘'],
  ['er2', 'ɚ↗'],
  ['de0', 'tɤ'],
  ['lv4', 'ly↘'],
  ['ni3', 'ni↓'],
])('the syllable %s', (pinyin, symbols) => expect(syllableIpa(pinyin)).toBe(symbols))

test('a Mandarin line: words apart, marks kept, two third tones, Latin letters given on', async () => {
  expect(await mandarinSymbols('你好，OK吗？', (text) => `<${text}>`)).toBe('ni↗xau↓, <OK> ma?')
})

test("eSpeak's phonemes become Kokoro's signs", () => {
  expect(kokoroSymbols('l_ˈaɪ_b_ɹ_ˌɛ_ɹ_i ˈoʊ_p_ə_n_d dʒ_ˈɔɪ', 'american')).toBe('lˈIbɹˌɛɹi ˈOpənd ʤˈY')
})

test('sentences of a text, none longer than asked, nothing lost', () => {
  expect(spokenChunks('Dr. Smith came. He left.', 100)).toEqual(['Dr. Smith came.', 'He left.'])
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}[.,]?$/), { minLength: 1, maxLength: 60 }), (words) => {
      const chunks = spokenChunks(words.join(' '), 40)
      expect(chunks.join(' ')).toBe(words.join(' '))
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(40)
    }),
  )
})

test('paragraphs of txt, srt and docx; what is none of them is a named error', () => {
  expect(paragraphsOf('\uFEFFOne\r\nline.\r\n\r\n\r\nTwo.\n')).toEqual(['One line.', 'Two.'])
  expect(paragraphsOf('One.\nTwo.')).toEqual(['One.', 'Two.'])
  const srt = '1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i>\nthere\n\n2\n00:00:03,000 --> 00:00:04,000\nYou\n'
  expect(paragraphsOfFile('a.srt', strToU8(srt))).toEqual(['Hello there', 'You'])
  const word =
    '<w:document><w:body><w:p w:rsidR="1"><w:pPr/><w:r><w:t xml:space="preserve">Fish &amp; </w:t></w:r><w:r><w:tab/><w:t>chips&#33;</w:t></w:r></w:p><w:p/><w:p><w:r><w:delText>gone</w:delText><w:t>Zwei</w:t></w:r></w:p></w:body></w:document>'
  expect(paragraphsOfFile('a.DOCX', zipSync({ 'word/document.xml': strToU8(word) }))).toEqual(['Fish & chips!', 'Zwei'])
  for (const bytes of [strToU8('not a zip'), zipSync({ 'other.xml': strToU8('x') })])
    expect(() => paragraphsOfFile('a.docx', bytes)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  expect(() => paragraphsOfFile('a.txt', Uint8Array.of(0xff, 0xfe, 0x41))).toThrow(
    expect.objectContaining({ code: 'bad-request' }),
  )
})

test('every voice has an id of its own; natural voices come first', () => {
  expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length)
  expect(firstVoice('en')).toMatchObject({ id: 'af_heart', quality: 'natural' })
  expect(firstVoice('zh')).toMatchObject({ id: 'zf_xiaoxiao', quality: 'natural' })
  expect(firstVoice('de')).toMatchObject({ id: 'espeak-de', quality: 'plain' })
  expect(firstVoice('ja')).toBeUndefined()
  expect(voiceOf('nobody')).toBeUndefined()
})

test('tempo stays within its bounds, and what does not fit is told', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 60, noNaN: true }),
      fc.double({ min: 0, max: 60, noNaN: true }),
      (long, room) => {
        const tempo = tempoFor(long, room)
        expect(tempo).toBeGreaterThanOrEqual(1)
        expect(tempo).toBeLessThanOrEqual(MOST_TEMPO)
        if (tempo < MOST_TEMPO) expect(long / tempo).toBeLessThanOrEqual(room - BREATH + 1e-9)
        expect(overrun(long, room) > 0).toBe(long - room > 0.01)
      },
    ),
  )
})

test('the phonemes of a text do not depend on what was read before', async () => {
  const espeak = await Espeak.open()
  const first = espeak.ipa('The library opens.', 'en-us')
  espeak.ipa('Quelque chose de très différent.', 'fr')
  espeak.speak('Something said aloud in between.', 'de', 1.3)
  expect(espeak.ipa('The library opens.', 'en-us')).toBe(first)
})
