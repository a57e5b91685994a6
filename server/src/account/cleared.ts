/** Changes that take fields away. */

/**
 * A patch in which `undefined` stands for a field that shall be gone. JSON leaves such fields out, so the sealed record
 * no longer has them; the types of the gate have no word for it, hence the cast.
 */
export function cleared<T extends object>(patch: { readonly [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return patch as Partial<T>
}
