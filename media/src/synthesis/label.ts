import { createHash } from 'node:crypto'

/** What a label of synthetic speech says beside that it is one. */
export interface SyntheticLabel {
  /** What made it, e.g. `Kokoro-82M`. */
  readonly engines: readonly string[]
  /** What was to be said: its digest is the number of the product. */
  readonly texts: readonly string[]
}

/**
 * Tags that mark a file as synthetic speech: the `AIGC` field of GB 45438-2025 (annex E: label 1, who produced it, a number
 * of the product), and the same in the comment, because wav and m4a keep no tags of other names. The number is a digest,
 * so that equal speech gives equal bytes.
 */
export function syntheticTags({ engines, texts }: SyntheticLabel): Record<string, string> {
  const number = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 32)
  const field = JSON.stringify({
    Label: '1',
    ContentProducer: 'Sotto',
    ProduceID: number,
    ReservedCode1: '',
    ContentPropagator: '',
    PropagateID: '',
    ReservedCode2: '',
  })
  const comment = `Synthetic speech, made by a machine (Sotto, ${engines.join(', ')}). AIGC: ${field}`
  return { AIGC: field, comment }
}

/** The sentence that says it aloud, by language of the voice; English elsewhere. */
export const spokenNotices: Readonly<Record<string, string>> = {
  en: 'This is a synthetic voice.',
  zh: '以下是合成语音。',
  fr: 'Ceci est une voix de synthèse.',
  es: 'Esta es una voz sintética.',
  it: 'Questa è una voce sintetica.',
  pt: 'Esta é uma voz sintética.',
  de: 'Dies ist eine synthetische Stimme.',
}

/** The line that says it to who reads, in words and subtitles. */
export const writtenNotices: Readonly<Record<string, string>> = {
  en: '[Synthetic voice]',
  zh: '［合成语音］',
  fr: '[Voix de synthèse]',
  es: '[Voz sintética]',
  it: '[Voce sintetica]',
  pt: '[Voz sintética]',
  de: '[Synthetische Stimme]',
}

/** The comment of {@link syntheticTags}, as it stands in a file. */
const LABELLED = /^Synthetic speech, made by a machine \(Sotto[^)]*\)\. AIGC: (\{.*\})$/s

/**
 * The label of a file made here, to be carried on into what is made of it (GB 45438-2025: the label stays with the content);
 * nothing where there is none. No other tag is taken along.
 */
export function carriedLabel(comment: string | null | undefined): Record<string, string> {
  const field = LABELLED.exec(comment ?? '')?.[1]
  return field === undefined || !comment ? {} : { AIGC: field, comment }
}
