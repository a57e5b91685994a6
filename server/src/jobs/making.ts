/** What operations that make a new item are asked of the media child, and what they need beside the item itself. */

import type { MediaTask } from '@sotto/media/child/task'
import type { BedName } from '@sotto/media/mix/bed-names'
import { cuesOf } from '@sotto/media/words'
import type { LoudnessFacts, PurposeId } from '@sotto/policy'
import type { Grant } from '../gate/gate.ts'
import { KeyGoneError } from '../keys/keyring.ts'
import type { OperationId, operations } from './operation.ts'

/** The purposes a job may run under: each may use an item, its media and its task. */
export type JobPurpose = (typeof operations)[OperationId]['purpose']
/** Operations that make a new item. */
export type MakingOperation = Exclude<
  OperationId,
  'prepare' | 'transcribe' | 'speak' | 'translate' | 'save_speech' | 'dub'
>

/** Sounds made by code; anything else that a mix names is an item. */
export const BEDS: readonly string[] = ['rain', 'waves', 'cafe', 'room', 'pad'] satisfies BedName[]

/** The item's own media object (not its peaks). @throws KeyGoneError */
export async function content<P extends PurposeId>(grant: Pick<Grant<P & JobPurpose>, 'media'>, item: string) {
  const [media] = await grant.media.list({ item, state: 'live' })
  if (!media) throw new KeyGoneError('the item has no media')
  return media
}

/** Whether a format holds pictures. */
export function isPicture(format: string): boolean {
  return ['mp4', 'mov', 'mkv', 'webm'].includes(format)
}

/** The other items an operation reads, in the order its task names them, with their objects. @throws KeyGoneError where one is gone */
export async function otherItems(
  grant: Pick<Grant<JobPurpose>, 'media'>,
  own: string,
  kind: MakingOperation,
  options: Readonly<Record<string, unknown>>,
): Promise<{ item: string; object: string }[]> {
  const named =
    kind === 'mix' && typeof options.bed === 'string' && !BEDS.includes(options.bed)
      ? [options.bed]
      : kind === 'arrange'
        ? ((options.items ?? []) as string[]).filter((item) => item !== own)
        : []
  const others: { item: string; object: string }[] = []
  for (const item of named) others.push({ item, object: (await content(grant, item)).object })
  return others
}

/** The media child's task for an operation; the options were checked by the contract when the job was made. */
export function taskOf(kind: MakingOperation, options: Readonly<Record<string, unknown>>, format: string): MediaTask {
  const task = { ...options, kind, format } as Record<string, unknown>
  if (kind === 'cut') task.keep = ((options.keep ?? []) as [number, number][]).map(([start, end]) => ({ start, end }))
  if (kind === 'mix') {
    // The bed of a mix is made, or it is the second input.
    if (!BEDS.includes(String(options.bed))) delete task.bed
    if (task.duck === null) delete task.duck
  }
  if (task.loudness === null) delete task.loudness
  return task as unknown as MediaTask
}

/** The words of an item as corrected, as subtitles of the whole: a film that is not cut keeps its times. @throws KeyGoneError where there are none */
export async function subtitlesOf(grant: Pick<Grant<'edit_media'>, 'transcript' | 'edit'>, item: string) {
  const [found] = await grant.transcript.list({ item })
  if (!found) throw new KeyGoneError('the item has no words')
  const [edit] = await grant.edit.list({ item })
  const { language, duration } = found
  const cues = cuesOf({ language, duration, segments: edit?.segments ?? found.segments })
  return { cues, ...(language === 'und' || language === '' ? {} : { language }) }
}

/** What an operation measured, for the record of its result. */
export function loudnessOf(made: unknown): { loudness?: { before?: LoudnessFacts; after: LoudnessFacts } } {
  if (typeof made !== 'object' || made === null || !('after' in made)) return {}
  const { before, after } = made as { before?: LoudnessFacts; after: LoudnessFacts }
  return { loudness: { after, ...(before ? { before } : {}) } }
}
