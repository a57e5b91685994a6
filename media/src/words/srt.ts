import type { Cue } from './cue.ts'
import { blocksOf, parseTiming, timestamp } from './timestamp.ts'

/** The cues as SubRip (no standard; as VideoLAN and FFmpeg read it): UTF-8, `,` before milliseconds, numbered from 1. */
export function writeSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, index) => {
      const timing = `${timestamp(cue.start, ',')} --> ${timestamp(cue.end, ',')}`
      return `${index + 1}\n${timing}\n${cue.lines.join('\n')}\n`
    })
    .join('\n')
}

/** The cues of a SubRip text. Blocks without a readable time line are passed over. */
export function parseSrt(text: string): Cue[] {
  return blocksOf(text).flatMap((block) => {
    const at = parseTiming(block[0] ?? '') ? 0 : 1
    const timing = parseTiming(block[at] ?? '')
    const lines = block.slice(at + 1).map((line) => line.trim())
    return timing && lines.length > 0 ? [{ ...timing, lines }] : []
  })
}
