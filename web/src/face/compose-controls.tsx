/** Strength, mouth and light: how a face is put into picture, clip and preview. */
import type { MouthMode } from '@sotto/media/face/swap'
import { useFormat, useText } from '../text/text.tsx'
import type { ComposeOptions } from './face-worker.ts'

/** `onChange` gets all three. */
export function ComposeControls(props: { value: ComposeOptions; onChange(value: ComposeOptions): void }) {
  const t = useText()
  const format = useFormat()
  const { value, onChange } = props
  return (
    <>
      <label className="field">
        <span>
          {t.face.strength} <span className="numbers">{format.percent(value.strength)}</span>
        </span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={value.strength}
          onChange={(event) => onChange({ ...value, strength: Number(event.target.value) })}
        />
      </label>
      <label className="field">
        <span>{t.face.mouth}</span>
        <select
          value={value.mouth}
          onChange={(event) => onChange({ ...value, mouth: event.target.value as MouthMode })}
        >
          {(['auto', 'own', 'template'] as const).map((one) => (
            <option key={one} value={one}>
              {t.face.mouths[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="with-icon">
        <input
          type="checkbox"
          checked={value.relight}
          onChange={(event) => onChange({ ...value, relight: event.target.checked })}
        />
        {t.face.relight}
      </label>
    </>
  )
}
