import type { Studio } from '@sotto/server'
import type { Io } from './command.ts'

/** Opens the studio of this machine for a command of its host; no work is run meanwhile. The studio must not be running. */
export async function hostStudio(io: Io, data: string | undefined): Promise<Studio> {
  const { openStudio, readConfig } = await import('@sotto/server')
  return openStudio(readConfig(data === undefined ? io.env : { ...io.env, SOTTO_DATA: data }), { work: false })
}

/** The person behind a handle; says so where there is none. */
export async function personOf(studio: Studio, handle: string, io: Io): Promise<string | undefined> {
  const person = await studio.lookup.find('handle', handle)
  if (person === undefined) io.err(`there is nobody called ${handle}\n`)
  return person
}
