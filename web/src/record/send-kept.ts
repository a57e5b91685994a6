/** Sends what was kept on this device into the library; erases it here once it is there. */
import { send } from '../upload/uploader.ts'
import { wasInBackground } from './background.ts'
import { eraseKept, openKept } from './kept.ts'

const under = new Set<string>()

/** Once for each recording, however often it is asked for. `done` gets the new item's id. */
export async function sendKept(
  id: string,
  limit: number,
  done: (item: string) => void = () => undefined,
): Promise<void> {
  if (under.has(id)) return
  under.add(id)
  try {
    const { facts, blob } = await openKept(id)
    const alone = facts.origin === 'recorded' && wasInBackground(id) ? 'background' : facts.origin
    const origin = facts.agreement ? { call: 'recorded' as const, agreement: facts.agreement } : alone
    send(blob, facts.name, origin, limit, (item) => {
      under.delete(id)
      eraseKept(id)
        .then(() => window.dispatchEvent(new Event('sotto-kept')))
        .catch(() => undefined)
      done(item)
    })
  } catch (error) {
    under.delete(id)
    throw error
  }
}

/** Whether a recording is on its way. */
export function isUnderWay(id: string): boolean {
  return under.has(id)
}
