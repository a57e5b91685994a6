/**
 * Telling a person's devices apart by a random number that the browser makes and renews at will, in the place of any
 * hardware identifier (C81). Each stands under a key of its own: forgotten, or switched off, the key is destroyed.
 */
import { randomUUID } from 'node:crypto'
import { Problem } from '../problem.ts'
import type { Studio } from '../studio.ts'
import { agentOf } from './agent.ts'

/** A device as its person sees it. */
export interface Device {
  readonly install: string
  readonly name: string | null
  readonly since: string
}

/** More browsers than anybody has. */
const MOST = 50

type Parts = Pick<Studio, 'gate' | 'keys' | 'turns' | 'erase'>

/** The devices of a person; empty while they do not want them told apart. */
export async function devicesOf({ gate }: Parts, person: string): Promise<Device[]> {
  const mine = await gate.open('own_rights', person, { by: 'self', streaming: true })
  const rows = await mine.device.list()
  return rows.map(({ install, name, created_at }) => ({
    install,
    name: name ?? null,
    since: created_at.toISOString(),
  }))
}

/** Keeps a device, once; one that it replaces is forgotten. @throws Refusal without the agreement */
export async function keepDevice(
  { gate, keys, turns, erase }: Parts,
  person: string,
  given: { install: string; agent: string | undefined; replaces: string | undefined },
): Promise<void> {
  const mine = await gate.open('recognise_device', person, { by: 'self' })
  await turns.take(`devices ${person}`, async () => {
    const rows = await mine.device.list()
    for (const { install, item } of rows)
      if (install === given.replaces && install !== given.install && item) await erase.item(person, item)
    if (rows.some(({ install }) => install === given.install)) return
    if (rows.length >= MOST) throw new Problem('bad_request')
    const item = randomUUID()
    await keys.add(person, item)
    const name = agentOf(given.agent)
    await mine.device.add({ install: given.install, ...(name === undefined ? {} : { name }) }, { id: item, item })
  })
}

/** Forgets a device: its key goes, and the row with it. @throws Problem `not_found` */
export async function forgetDevice({ gate, erase }: Parts, person: string, install: string): Promise<void> {
  const mine = await gate.open('own_rights', person, { by: 'self' })
  const row = (await mine.device.list()).find((one) => one.install === install)
  if (!row?.item) throw new Problem('not_found')
  await erase.item(person, row.item)
}
