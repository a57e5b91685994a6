/** What can be done to an item: under which purpose it runs, and what it makes. One table, read by routes and worker alike. */
import type { PurposeId } from '@sotto/policy'

/** Name of an operation. */
export type OperationId =
  | 'prepare'
  | 'transcribe'
  | 'denoise'
  | 'cut'
  | 'clip'
  | 'extract'
  | 'convert'
  | 'mix'
  | 'arrange'
  | 'subtitle'
  | 'speak'
  | 'translate'
  | 'save_speech'
  | 'dub'

/** What an operation needs and makes. */
export interface Operation {
  /** The purpose under which the job opens the item; a withdrawal of its consent stops the job. */
  readonly purpose: PurposeId
  /** A new item, words for the item, facts about it, or a part of a text or dubbing. */
  readonly makes: 'item' | 'words' | 'facts' | 'speech'
  /** Higher goes first: what a person waits for before they can do anything. */
  readonly priority: number
}

/** Every operation there is. */
export const operations = {
  prepare: { purpose: 'keep_media', makes: 'facts', priority: 10 },
  transcribe: { purpose: 'transcribe', makes: 'words', priority: 0 },
  denoise: { purpose: 'denoise', makes: 'item', priority: 1 },
  cut: { purpose: 'edit_media', makes: 'item', priority: 5 },
  clip: { purpose: 'edit_media', makes: 'item', priority: 5 },
  extract: { purpose: 'edit_media', makes: 'item', priority: 5 },
  convert: { purpose: 'edit_media', makes: 'item', priority: 5 },
  mix: { purpose: 'edit_media', makes: 'item', priority: 4 },
  arrange: { purpose: 'edit_media', makes: 'item', priority: 4 },
  subtitle: { purpose: 'edit_media', makes: 'item', priority: 5 },
  // On a text or a dubbing: which one stands in the task.
  speak: { purpose: 'speak', makes: 'speech', priority: 2 },
  translate: { purpose: 'translate', makes: 'speech', priority: 1 },
  save_speech: { purpose: 'speak', makes: 'item', priority: 2 },
  dub: { purpose: 'speak', makes: 'item', priority: 1 },
} as const satisfies Record<OperationId, Operation>

/** Whether a word names an operation. */
export function isOperation(name: string): name is OperationId {
  return Object.hasOwn(operations, name)
}
