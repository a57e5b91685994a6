import type { Cue } from './cue.ts'
import { blocksOf, parseTiming, timestamp } from './timestamp.ts'

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '\u00a0',
  '&lrm;': '\u200e',
  '&rlm;': '\u200f',
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function unescapeText(text: string): string {
  return text.replace(/<[^>]*>/g, '').replace(/&[a-z]+;/g, (entity) => entities[entity] ?? entity)
}

/** The cues as WebVTT (W3C Candidate Recommendation 2019), text escaped as it asks. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map((cue) => {
    const timing = `${timestamp(cue.start, '.')} --> ${timestamp(cue.end, '.')}`
    return `${timing}\n${cue.lines.map(escapeText).join('\n')}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

/** The cues of a WebVTT text: identifiers, settings, notes, styles and tags are passed over. Undefined without the `WEBVTT` signature. */
export function parseVtt(text: string): Cue[] | undefined {
  const [header, ...blocks] = blocksOf(text)
  if (!header || !/^WEBVTT(?:[ \t]|$)/.test(header[0] ?? '')) return undefined
  return blocks.flatMap((block) => {
    const at = parseTiming(block[0] ?? '') ? 0 : 1
    const timing = parseTiming(block[at] ?? '')
    const lines = block.slice(at + 1).map((line) => unescapeText(line.trim()))
    return timing && lines.length > 0 ? [{ ...timing, lines }] : []
  })
}
