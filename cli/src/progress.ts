import type { Progress } from '@sotto/media'
import type { Io } from './command.ts'

/** One line on a terminal that says stage, how much is done, and how long it will take still; nothing elsewhere. */
export function progressLine(io: Io): { show(progress: Progress): void; clear(): void } {
  const began = Date.now()
  let shown = false
  return {
    show({ stage, done, total }) {
      if (!io.watched || total <= 0) return
      const part = Math.min(1, done / total)
      const left = part > 0.02 ? `, ${Math.ceil((((Date.now() - began) / part) * (1 - part)) / 1000)} s` : ''
      io.err(`\r\u001b[K${stage} ${Math.floor(part * 100)} %${left}`)
      shown = true
    },
    clear() {
      if (shown) io.err('\r\u001b[K')
      shown = false
    },
  }
}
