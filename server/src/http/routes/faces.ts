/** Faces: a picture in, its points or a clip out, once, to the same person, under the consent for it. */
import { templates } from '@sotto/media/face/node/templates'
import { limiter, networkOf } from '../../account/limits.ts'
import { attest, attestationsOf, mayUse, objectTo } from '../../faces/attestations.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** Objections from one network. */
const OBJECTIONS = [{ most: 30, within: 600_000 }]

/** Room for the base64 of a picture; the page makes it small before it sends it. */
const bodyLimit = 15 * 2 ** 20

/** Faces. */
export function faceRoutes(app: App, { gate, faces, windDown, db, clock }: Studio): void {
  const parts = { db, gate, now: clock }
  const objections = limiter(OBJECTIONS, clock)
  const start: typeof faces.start = async (person, picture, clip) => {
    windDown.mayCollect()
    // The opening is durable before the picture is looked at.
    const grant = await gate.open('face_effect', person, { by: 'self' })
    await grant.check()
    const started = await faces.start(person, picture, clip)
    // A withdrawal while the child was starting did not know of it.
    await grant.check().catch(async (refused: unknown) => {
      await faces.withdrawn(person)
      throw refused
    })
    return started
  }

  handle(
    app,
    'POST /api/faces',
    async ({ person, body }) => {
      const { id, received_at } = await start(person, Buffer.from(body.picture, 'base64'))
      return { id, received_at: received_at.toISOString() }
    },
    { bodyLimit },
  )

  handle(
    app,
    'POST /api/faces/clips',
    async ({ person, body }) => {
      const { picture, mouth, ...how } = body
      if (!templates().some(({ id, kind }) => id === how.template && kind === 'clip')) throw new Problem('not_found')
      const { id, received_at } = await start(person, Buffer.from(picture, 'base64'), {
        ...how,
        ...(mouth === undefined ? {} : { mouth }),
      })
      return { id, received_at: received_at.toISOString() }
    },
    { bodyLimit },
  )

  handle(app, 'POST /api/faces/:id/clip', async ({ person, params, reply }) => {
    faces.receipt(person, params.id)
    await gate.ask('face_effect', person)
    const film = await faces.takeFilm(person, params.id)
    return reply.type('video/mp4').header('cache-control', 'no-store').send(film)
  })

  handle(app, 'POST /api/faces/attestations', ({ person, body }) => attest(parts, person, body.version, body.locale))

  handle(app, 'GET /api/faces/attestations', ({ person }) => attestationsOf(parts, person))

  handle(app, 'POST /api/faces/attestations/:id/use', ({ person, params }) => mayUse(parts, person, params.id))

  handle(app, 'POST /api/faces/objections', async ({ body, passage }) => {
    const wait = objections.take(networkOf(passage.address))
    if (wait !== undefined) throw new Problem('try_later', { retryAfter: wait })
    await objectTo(parts, body.code.trim())
  })

  handle(app, 'DELETE /api/faces/:id', async ({ person, params }) => {
    await faces.cancel(person, params.id)
  })

  handle(app, 'POST /api/faces/:id/points', async ({ person, params }) => {
    // Whose it is comes first: another's and a never made one are the same 404, consent or not.
    faces.receipt(person, params.id)
    await gate.ask('face_effect', person)
    const { width, height, faces: found, refused } = await faces.take(person, params.id)
    return {
      width,
      height,
      faces: found.map(({ points, quality, ...face }) => ({
        ...face,
        points: points.map(([x, y, z]): [number, number, number] => [x, y, z]),
        quality: { ...quality, reasons: [...quality.reasons] },
      })),
      refused: [...refused],
    }
  })

  handle(app, 'GET /api/faces/:id', async ({ person, params }) => {
    const { received_at, destroyed_at, ...receipt } = faces.receipt(person, params.id)
    return {
      ...receipt,
      received_at: received_at.toISOString(),
      destroyed_at: destroyed_at?.toISOString() ?? null,
    }
  })
}
