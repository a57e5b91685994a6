/** `hh:mm:ss` with milliseconds after `separator` (`,` in SRT, `.` in WebVTT). Hours grow beyond two digits where needed. */
export function timestamp(seconds: number, separator: ',' | '.'): string {
  const total = Math.max(0, Math.round(seconds * 1000))
  const part = (value: number, digits: number) => String(value).padStart(digits, '0')
  const hours = Math.floor(total / 3_600_000)
  const minutes = Math.floor(total / 60_000) % 60
  return `${part(hours, 2)}:${part(minutes, 2)}:${part(Math.floor(total / 1000) % 60, 2)}${separator}${part(total % 1000, 3)}`
}

/** Seconds of `hh:mm:ss,mmm`, `hh:mm:ss.mmm` or WebVTT's short `mm:ss.mmm`; undefined when it is none of these. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^(?:(\d+):)?(\d{1,2}):(\d{2})[,.](\d{3})$/.exec(text.trim())
  if (!match) return undefined
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = match
  return (Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(millis)) / 1000
}

/** The two times of a line `a --> b`, ignoring what follows (WebVTT settings); undefined when it is not one. */
export function parseTiming(line: string): { start: number; end: number } | undefined {
  const match = /^\s*(\S+)\s*-->\s*(\S+)/.exec(line)
  const start = match?.[1] === undefined ? undefined : parseTimestamp(match[1])
  const end = match?.[2] === undefined ? undefined : parseTimestamp(match[2])
  return start === undefined || end === undefined ? undefined : { start, end }
}

/** The text as blocks of lines between empty lines; a byte order mark and carriage returns are dropped. */
export function blocksOf(text: string): string[][] {
  const blocks: string[][] = []
  let block: string[] = []
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    if (line.trim() !== '') block.push(line)
    else if (block.length > 0) {
      blocks.push(block)
      block = []
    }
  }
  if (block.length > 0) blocks.push(block)
  return blocks
}
