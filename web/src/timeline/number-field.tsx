/** A number that is taken over when it is finished: Enter, or leaving the field. Escape puts back what was. */
import { useEffect, useState } from 'react'

/** Shown with as many digits as `step` has. */
export function NumberField(props: {
  label: string
  unit: string
  value: number
  min: number
  max: number
  step: number
  onValue(value: number): void
}) {
  const { value, min, max, step } = props
  const digits = String(step).split('.')[1]?.length ?? 0
  const shown = String(Number(value.toFixed(digits)))
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])
  const take = () => {
    const next = Number(text.replace(',', '.'))
    if (text.trim() === '' || !Number.isFinite(next)) setText(shown)
    else if (text !== shown) props.onValue(Math.min(max, Math.max(min, next)))
  }
  return (
    <label className="field tl-number">
      <span>
        {props.label} ({props.unit})
      </span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
          if (event.key === 'Escape') setText(shown)
        }}
      />
    </label>
  )
}
