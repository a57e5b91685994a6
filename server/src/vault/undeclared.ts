/** A value that the policy does not declare was about to be kept or sent; refused also where someone casts (DESIGN law 1). */
export class UndeclaredError extends Error {
  override name = 'UndeclaredError'
  readonly code = 'undeclared_value'
}
