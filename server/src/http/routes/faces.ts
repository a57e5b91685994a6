/** Faces: a picture in, its points out, once, to the same person, under the consent for it. */
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** Room for the base64 of a picture; the page makes it small before it sends it. */
const bodyLimit = 15 * 2 ** 20

/** Faces. */
export function faceRoutes(app: App, { gate, faces, windDown }: Studio): void {
  handle(
    app,
    'POST /api/faces',
    async ({ person, body }) => {
      windDown.mayCollect()
      // The opening is durable before the picture is looked at.
      const grant = await gate.open('face_effect', person, { by: 'self' })
      await grant.check()
      const { id, received_at } = await faces.start(person, Buffer.from(body.picture, 'base64'))
      // A withdrawal while the child was starting did not know of it.
      await grant.check().catch(async (refused: unknown) => {
        await faces.withdrawn(person)
        throw refused
      })
      return { id, received_at: received_at.toISOString() }
    },
    { bodyLimit },
  )

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
