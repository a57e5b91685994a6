import { type KokoroVoice, kokoroVoices } from '../models/kokoro.ts'
import type { Accent } from './kokoro-symbols.ts'

/** A voice a person can choose. */
export interface Voice {
  readonly id: string
  /** ISO 639-1. */
  readonly language: string
  readonly name: string
  readonly gender: 'female' | 'male' | 'none'
  readonly engine: 'kokoro' | 'espeak'
  /** `natural`: a neural voice; `plain`: by rules, clear but like a machine. */
  readonly quality: 'natural' | 'plain'
}

interface Kind {
  readonly language: string
  /** eSpeak's name of the language, where its phonemes are used. */
  readonly phonemes: string
  readonly accent: Accent
}

/** Kokoro's languages by the first letter of a voice's name. Japanese is left out: it needs readings that are not here. */
const kinds: Readonly<Record<string, Kind>> = {
  a: { language: 'en', phonemes: 'en-us', accent: 'american' },
  b: { language: 'en', phonemes: 'en', accent: 'british' },
  z: { language: 'zh', phonemes: 'en-us', accent: 'american' },
  e: { language: 'es', phonemes: 'es', accent: 'other' },
  f: { language: 'fr', phonemes: 'fr', accent: 'other' },
  h: { language: 'hi', phonemes: 'hi', accent: 'other' },
  i: { language: 'it', phonemes: 'it', accent: 'other' },
  p: { language: 'pt', phonemes: 'pt-br', accent: 'other' },
}

/** The first voice offered in a language, chosen for how well a recogniser understands it. */
const first: Readonly<Record<string, string>> = { en: 'af_heart', zh: 'zf_xiaoxiao' }

/** eSpeak's names of the languages it speaks here. Those it spells or misreads (Chinese, Japanese, Hebrew ...) are left out. */
const plain: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'af az bg bs ca cs cy da de el eo et eu fi ga gl hr hu hy id is it ka kk ko ky la lb lt lv mk ml mr ms mt nb ne nl pl pt ro ru sk sl sq sr sv sw ta te tr tt uk ur uz vi es fr hi'
      .split(' ')
      .map((code) => [code, code]),
  ),
  en: 'en-us',
  no: 'nb',
}

function kokoroVoice(id: KokoroVoice): Voice[] {
  const kind = kinds[id[0] ?? '']
  const name = id.slice(3)
  if (!kind) return []
  return [
    {
      id,
      language: kind.language,
      name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      gender: id[1] === 'f' ? 'female' : 'male',
      engine: 'kokoro',
      quality: 'natural',
    },
  ]
}

/** Every voice, those to be offered first in each language first. */
export const voices: readonly Voice[] = [
  ...kokoroVoices
    .flatMap(kokoroVoice)
    .sort((a, b) => Number(first[b.language] === b.id) - Number(first[a.language] === a.id)),
  ...Object.keys(plain).map(
    (language): Voice => ({
      id: `espeak-${language}`,
      language,
      name: 'eSpeak',
      gender: 'none',
      engine: 'espeak',
      quality: 'plain',
    }),
  ),
]

/** The voice of this id. */
export function voiceOf(id: string): Voice | undefined {
  return voices.find((voice) => voice.id === id)
}

/** The voice offered first in a language: a natural one where there is one. */
export function firstVoice(language: string): Voice | undefined {
  return voices.find((voice) => voice.language === language)
}

/** What a voice of Kokoro is read out with. */
export function kindOf(voice: Voice): Kind {
  return kinds[voice.id[0] ?? ''] as Kind // every voice of Kokoro in the list has one
}

/** eSpeak's name for a plain voice. */
export function espeakName(voice: Voice): string {
  return plain[voice.language] as string // every plain voice in the list has one
}
