/** Dragging by pointer: a movement that is shown while it lasts and is one step when it ends. */
import type { PointerEvent } from 'react'

/** Pixels before a press becomes a drag. */
const SLOP = 3

/** `onMove` is told how far the pointer is from where it was pressed; `onEnd` once, where it had moved, `false` where it was broken off. */
export function startDrag(
  event: PointerEvent<HTMLElement>,
  on: { move(x: number, y: number, pointer: { clientX: number; clientY: number }): void; end(done: boolean): void },
): void {
  if (event.button !== 0) return
  const element = event.currentTarget
  const { clientX, clientY, pointerId } = event
  let moved = false
  element.setPointerCapture(pointerId)
  const move = (next: globalThis.PointerEvent) => {
    const [x, y] = [next.clientX - clientX, next.clientY - clientY]
    if (!moved && Math.hypot(x, y) < SLOP) return
    moved = true
    on.move(x, y, next)
  }
  const over = (done: boolean) => {
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', off)
    if (moved) on.end(done)
  }
  const up = () => over(true)
  const off = () => over(false)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', off)
}
