/** Hands a file to the browser's own saving. */

/** Saves bytes made in the page. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  saveAddress(url, name)
  // the browser has taken the bytes by the time this runs: revoking at once loses the file in Safari
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Saves what lies at an address of this site. */
export function saveAddress(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
