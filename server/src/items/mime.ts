/** Formats and their media types. */
import type { MediaFacts } from '@sotto/policy'

/** Formats sound can be written in. */
export type SoundFormat = 'wav' | 'mp3' | 'flac' | 'opus' | 'm4a'

const FORMATS: Record<string, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  opus: 'audio/ogg',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
}

/** Media type of a result in this format. */
export function mimeOfFormat(format: string, video = false): string {
  if (!video && (format === 'mp4' || format === 'webm' || format === 'mkv'))
    return `audio/${format === 'mkv' ? 'x-matroska' : format}`
  return FORMATS[format] ?? 'application/octet-stream'
}

const CONTAINERS: readonly [RegExp, string][] = [
  [/webm/, 'webm'],
  [/matroska/, 'mkv'],
  [/mp4|m4a|3gp|mov/, 'mp4'],
  [/mp3/, 'mp3'],
  [/flac/, 'flac'],
  [/wav/, 'wav'],
  [/ogg|opus/, 'ogg'],
  [/aac|adts/, 'aac'],
]

/** Media type of what was imported, by what is really in it; undefined where there is no common name. */
export function mimeOfContainer(container: string, video: boolean): string | undefined {
  const format = CONTAINERS.find(([pattern]) => pattern.test(container))?.[1]
  if (!format) return undefined
  return video || format !== 'mp4' ? mimeOfFormat(format, video) : 'audio/mp4'
}

/** The end of a file's name for a media type. */
export function extensionOf(mime: string): string {
  if (mime === 'audio/mp4') return 'm4a'
  if (mime === 'audio/ogg') return 'opus'
  return (
    Object.entries(FORMATS).find(([, type]) => type === mime)?.[0] ??
    (mime.split('/')[1] ?? 'bin').replace(/[^a-z0-9]/g, '')
  )
}

/** In which format an operation writes: what was asked, or what the original is in where that can be kept. */
export function formatOf(kind: string, options: Record<string, unknown>, info: MediaFacts, mime: string): string {
  if (typeof options.format === 'string') return options.format
  const codec = info.streams.find((s) => s.type === 'audio')?.codec ?? ''
  if (kind === 'clip' || kind === 'subtitle')
    return (
      ['mp3', 'flac', 'wav', 'm4a', 'mp4', 'mov', 'webm', 'mkv', 'opus'].find((f) => extensionOf(mime) === f) ?? 'flac'
    )
  if (kind === 'extract') return codec === 'aac' ? 'm4a' : codec === 'opus' ? 'opus' : codec === 'mp3' ? 'mp3' : 'flac'
  // Lossless, so that cleaning and cutting again and again costs nothing.
  return 'flac'
}
