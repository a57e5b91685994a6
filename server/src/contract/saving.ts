/** Shapes of saving: tags in sound files, subtitles in films. */
import { z } from 'zod'

const Line = z.string().trim().min(1).max(500)

/** What a sound file says about itself. Nothing is written that was not given. */
export const Tags = z.object({
  title: Line.optional(),
  artist: Line.optional(),
  album: Line.optional(),
  date: z
    .string()
    .regex(/^\d{4}(-\d\d(-\d\d)?)?$/)
    .optional(),
  comment: Line.optional(),
})

/** Work: the words of a film as its subtitles, a track that players can turn on and off. Pictures and sound stay as they are. */
export const SubtitleRequest = z.object({
  operation: z.literal('subtitle'),
  name: z.string().max(200).optional(),
})
