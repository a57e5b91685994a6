/** The file is no copy of a studio, or not a whole one. */
export class NotACopyError extends Error {
  override name = 'NotACopyError'
  readonly code = 'not_a_copy'
}
