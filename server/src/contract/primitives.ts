/** Small shapes that others are made of. Times are seconds. */
import { z } from 'zod'

/** A random id (UUID). */
export const Id = z.uuid()
/** Formats sound can be saved in. */
export const SoundFormat = z.enum(['wav', 'mp3', 'flac', 'opus', 'm4a'])
/** A moment or a length. */
export const Seconds = z.number().nonnegative().finite()
/** A half-open stretch `[start, end)` in seconds of the original. */
export const Span = z.tuple([Seconds, Seconds])
/** A word and when it is said. */
export const Word = z.object({ start: Seconds, end: Seconds, text: z.string() })
/** A stretch of speech with its words. */
export const Segment = z.object({ start: Seconds, end: Seconds, text: z.string(), words: z.array(Word) })
