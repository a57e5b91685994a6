/** The part of the contract about faces: a picture goes in, its points come out once, a receipt says when all was gone. */
import { z } from 'zod'
import { route } from './route.ts'
import { Id, Locale } from './shapes.ts'

const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** Points of the faces in a picture. Pixels of the upright picture; z: smaller is nearer. */
export const FacePointsView = z.object({
  width: z.int(),
  height: z.int(),
  faces: z.array(
    z.object({
      box: Box,
      points: z.array(z.tuple([z.number(), z.number(), z.number()])),
      pose: z.object({ yaw: z.number(), pitch: z.number(), roll: z.number() }),
      quality: z.object({
        sure: z.number(),
        eyes: z.number(),
        sharpness: z.number(),
        light: z.number(),
        uneven: z.number(),
        coloured: z.number(),
        reasons: z.array(
          z.enum(['small', 'turned', 'tilted', 'blurred', 'dark', 'bright', 'uneven', 'coloured', 'cut']),
        ),
      }),
    }),
  ),
  refused: z.array(z.object({ box: Box, reason: z.enum(['profile', 'hidden']) })),
})

/** A word given for material of one's own. */
export const Attestation = z.object({
  id: Id,
  /** Stands in the labels of what is made; whoever has it can object. */
  code: z.string(),
  version: z.string(),
  text: z.string(),
  attested_at: z.iso.datetime(),
  objected_at: z.iso.datetime().nullable(),
})

/** Routes of faces. */
export const faceContract = {
  'POST /api/faces': route({
    caller: 'person',
    summary: 'Hand over a picture for the points of its faces; held in memory alone, sealed, for this job (C266)',
    body: z.object({ picture: z.base64().max(14_000_000) }),
    answer: z.object({ id: Id, received_at: z.iso.datetime() }),
  }),
  'POST /api/faces/clips': route({
    caller: 'person',
    summary:
      'Hand over a selfie to be put into a clip of the studio; held in memory alone, sealed, for this job (C264-C266)',
    body: z.object({
      picture: z.base64().max(14_000_000),
      template: z.string().max(60),
      strength: z.number().min(0).max(1).default(1),
      mouth: z.enum(['auto', 'own', 'template']).optional(),
      relight: z.boolean().default(true),
    }),
    answer: z.object({ id: Id, received_at: z.iso.datetime() }),
  }),
  'POST /api/faces/:id/clip': route({
    caller: 'person',
    summary:
      'Take the clip, once, as MP4; nothing of it or of the selfie is left here when this is answered (C267, C270)',
    params: z.object({ id: Id }),
    answer: 'bytes',
  }),
  'DELETE /api/faces/:id': route({
    caller: 'person',
    summary: 'Give a face job up; nothing of it is left when this is answered',
    params: z.object({ id: Id }),
    answer: 'nothing',
  }),
  'POST /api/faces/attestations': route({
    caller: 'person',
    summary:
      'Give my word that the people shown in material of my own are adults and agreed (C60); kept, without anything of the material',
    body: z.object({ version: z.enum(['1']), locale: Locale }),
    answer: Attestation,
  }),
  'GET /api/faces/attestations': route({
    caller: 'person',
    summary: 'The words I gave, and whether somebody objected',
    answer: z.array(Attestation),
  }),
  'POST /api/faces/attestations/:id/use': route({
    caller: 'person',
    summary: 'Ask whether the material may still be used: 409 after an objection',
    params: z.object({ id: Id }),
    answer: 'nothing',
  }),
  'POST /api/faces/objections': route({
    caller: 'anyone',
    summary:
      'A person shown objects, by the number in the label: the material is not used here any more, its owner is told (C60)',
    body: z.object({ code: z.string().min(8).max(60) }),
    answer: 'nothing',
  }),
  'POST /api/faces/:id/points': route({
    caller: 'person',
    summary: 'Take the points, once; nothing of picture or points is left when this is answered (C267, C270, C272)',
    params: z.object({ id: Id }),
    answer: FacePointsView,
  }),
  'GET /api/faces/:id': route({
    caller: 'person',
    summary: 'The receipt: what was held, when it came, when it was gone',
    params: z.object({ id: Id }),
    answer: z.object({
      id: Id,
      received_at: z.iso.datetime(),
      destroyed_at: z.iso.datetime().nullable(),
      ended: z.enum(['delivered', 'expired', 'failed', 'withdrawn', 'cancelled']).nullable(),
      /** Of a clip under way: seconds of it. */
      progress: z.object({ done: z.number(), total: z.number() }).nullable(),
      ready: z.boolean(),
    }),
  }),
} as const
