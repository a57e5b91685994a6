/** Media types of words as files. */
export const WORD_TYPES = {
  txt: 'text/plain',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  json: 'application/json',
} as const
