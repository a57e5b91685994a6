import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { BadRequestError } from '../error.ts'
import { type Segment, segmentOf, type Transcript } from '../words/index.ts'
import { writeDocx } from './docx.ts'
import { writePdf } from './pdf.ts'

const made = new Date('2026-11-23T12:00:00Z')
const said = (start: number, line: string, speaker?: string): Segment => {
  const words = line.split(' ').map((text, i) => ({ start: start + i * 0.4, end: start + i * 0.4 + 0.3, text }))
  return { ...segmentOf(words), ...(speaker === undefined ? {} : { speaker }) }
}
const talk: Transcript = {
  language: 'en',
  duration: 80,
  speakers: [
    { id: 'a', name: 'Ann', colour: '#0072b2' },
    { id: 'l', name: 'Li', colour: '#d55e00' },
  ],
  segments: [
    said(1, 'Good morning everybody.', 'a'),
    said(3, 'Thank you for having me.', 'l'),
    said(62, 'Where were we?', 'a'),
  ],
}
const chinese: Transcript = { language: 'zh', duration: 9, segments: [said(1, '我 们 现 在 开 始 。')] }

describe('docx', () => {
  test('title, times, speakers and words; what is special in XML stays text', async () => {
    const files = unzipSync(await writeDocx(talk, { title: 'A <talk> & more', made, times: true }))
    const body = strFromU8(files['word/document.xml'] ?? new Uint8Array())
    expect(body).toContain('A &lt;talk&gt; &amp; more')
    for (const text of ['0:01', 'Ann: ', 'Good morning everybody.', 'Li: ', '1:02']) expect(body).toContain(text)
    const plain = strFromU8(
      unzipSync(await writeDocx(talk, { title: 'T', made, times: false }))['word/document.xml'] ?? new Uint8Array(),
    )
    expect(plain).not.toContain('0:01')
  })
})

describe('pdf', () => {
  test('embeds only the glyphs it uses, of Chinese too', async () => {
    const bytes = Buffer.from(await writePdf(chinese, { title: '会议', made, times: true }))
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.includes('NotoSansHans')).toBe(true)
    // The whole font has 8 MB.
    expect(bytes.length).toBeLessThan(100_000)
  })

  test('many paragraphs are many pages', async () => {
    const segments = Array.from({ length: 200 }, (_, i) => said(i * 10, 'This is a sentence that takes a line or so.'))
    const bytes = Buffer.from(
      await writePdf({ ...talk, duration: 2000, segments }, { title: 'Long', made, times: true }),
    )
    const pages = bytes.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
    expect(pages).toBeGreaterThan(4)
    expect(pages).toBeLessThan(12)
  })

  test('a script without glyphs is said, not drawn as boxes', async () => {
    const arabic = { language: 'ar', duration: 3, segments: [said(0, 'مرحبا')] }
    await expect(writePdf(arabic, { title: 'x', made, times: true })).rejects.toThrow(BadRequestError)
  })
})
