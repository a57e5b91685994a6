/** Makes a chosen picture small enough for an avatar, in the page: what the device can do is not sent (DESIGN, law 2). */

const SIDE = 256
const MOST = 64 * 1024

/** A square JPEG data address of at most 64 KiB, without the original's metadata; null where it cannot be read. */
export async function avatarOf(file: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const canvas = new OffscreenCanvas(SIDE, SIDE)
  const context = canvas.getContext('2d')
  const side = Math.min(bitmap.width, bitmap.height)
  context?.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, SIDE, SIDE)
  bitmap.close()
  for (const quality of [0.85, 0.7, 0.5, 0.3]) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (blob.size <= MOST) return dataAddress(blob)
  }
  return null
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
