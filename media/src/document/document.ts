/** What a document of words is made with. */
export interface DocumentOptions {
  /** Stands on top. */
  readonly title: string
  /** Lines under the title, small: what a reader must know about the words. */
  readonly notes?: readonly string[]
  /** When it was made, for the file's own facts. */
  readonly made: Date
  /** Write when each paragraph is said. */
  readonly times: boolean
}

/** Ways to write words as a document. */
export const documentFormats = ['docx', 'pdf'] as const
/** One of them. */
export type DocumentFormat = (typeof documentFormats)[number]
