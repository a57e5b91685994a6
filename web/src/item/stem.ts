/** A name without a file ending: what is made from a recording has another format, so its old ending would lie. */
export function stemOf(name: string): string {
  return name.replace(/(?<=.)\.(?=[a-z0-9]*[a-z])[a-z0-9]{2,5}$/i, '').slice(0, 180)
}
