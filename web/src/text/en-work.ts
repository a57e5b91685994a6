/** Texts of work on an item, in English. */

/** What is being done. */
export const operation = {
  prepare: 'reading the file',
  transcribe: 'transcribing',
  denoise: 'cleaning',
  cut: 'cutting',
  clip: 'clipping',
  extract: 'extracting sound',
  convert: 'converting',
  mix: 'mixing',
  arrange: 'putting together',
  subtitle: 'adding subtitles',
  speak: 'speaking',
  translate: 'translating',
  save_speech: 'speaking and saving',
  dub: 'dubbing',
}

/** How a result came of its source. */
export const made = {
  prepare: 'read from',
  transcribe: 'words of',
  denoise: 'cleaned from',
  cut: 'cut from',
  clip: 'clipped from',
  extract: 'sound of',
  convert: 'converted from',
  mix: 'mixed from',
  arrange: 'put together from',
  subtitle: 'with subtitles from',
  speak: 'spoken from',
  translate: 'translated from',
  save_speech: 'synthetic voice, spoken from a text',
  dub: 'dubbed by a synthetic voice from',
}

/** How far a piece of work is. */
export const stage = {
  start: 'starting',
  read: 'reading',
  model: 'loading the model',
  peaks: 'drawing the waveform',
  measure: 'measuring loudness',
  write: 'writing',
  speak: 'speaking',
  translate: 'translating',
}
