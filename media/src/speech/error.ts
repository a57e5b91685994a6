import { BadRequestError, UnreadableMediaError } from '../error.ts'

/** The samples hold NaN or infinity: whatever made them is broken, and what Whisper makes of them ("!!!!") is not words. */
export class SoundNotFiniteError extends UnreadableMediaError {
  constructor(seconds: number) {
    super(`the sound is broken at ${seconds.toFixed(2)} s: a sample is not a finite number`)
  }
}

/** A language was asked for that the model does not know. */
export class LanguageUnknownError extends BadRequestError {
  constructor(language: string) {
    super(`the recogniser does not know the language "${language}"`)
  }
}
