/** The server's way to a clip: the selfie goes there, made small; the film comes back once; a receipt says when all was gone. */
import type { Pixels } from '@sotto/media/face/pixels'
import { api } from '../api/api.ts'
import type { ComposeOptions } from './face-worker.ts'
import { pictureToSend } from './server-points.ts'

/** Between two questions how far it is, milliseconds. */
const askEvery = 500

/** A clip that the server makes. Nothing of it is kept there: it is taken, given up, or lost with the server. */
export class ClipJob {
  readonly #id: string

  private constructor(id: string) {
    this.#id = id
  }

  /** Hands the selfie over. @throws ProblemError what the server refuses with */
  static async start(selfie: Pixels, how: ComposeOptions & { readonly template: string }): Promise<ClipJob> {
    const { id } = await api.call('POST /api/faces/clips', { body: { picture: await pictureToSend(selfie), ...how } })
    return new ClipJob(id)
  }

  /** Waits and takes the film. @throws ProblemError what it ended with */
  async finish(
    onProgress: (part: number) => void,
  ): Promise<{ film: Blob; receipt: { received_at: string; destroyed_at: string } }> {
    const params = { id: this.#id }
    for (;;) {
      const { ready, progress, destroyed_at } = await api.call('GET /api/faces/:id', { params })
      if (progress !== null && progress.total > 0) onProgress(progress.done / progress.total)
      // What ended says why when it is asked for.
      if (ready || destroyed_at !== null) break
      await new Promise((next) => setTimeout(next, askEvery))
    }
    const answer = await api.call('POST /api/faces/:id/clip', { params })
    const film = new Blob([await answer.arrayBuffer()], { type: 'video/mp4' })
    const { received_at, destroyed_at } = await api.call('GET /api/faces/:id', { params })
    return { film, receipt: { received_at, destroyed_at: destroyed_at ?? received_at } }
  }

  /** Gives it up; nothing of it is left when this resolves. */
  async cancel(): Promise<void> {
    await api.call('DELETE /api/faces/:id', { params: { id: this.#id } }).catch(() => undefined)
  }
}
