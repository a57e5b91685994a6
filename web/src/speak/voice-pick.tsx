/** Choosing a voice, its pace: what is natural and what is plain is said beside each. */
import { useFormat, useText } from '../text/text.tsx'
import type { Voice } from './speech.ts'

/** Languages there are voices for, by their names. */
export function LanguagePick(props: { voices: readonly Voice[]; value: string; onChange(language: string): void }) {
  const t = useText()
  const format = useFormat()
  const codes = [...new Set(props.voices.map(({ language }) => language))]
  const named = codes.map((code) => [code, format.language(code)] as const)
  const sorted = named.toSorted((a, b) => a[1].localeCompare(b[1]))
  return (
    <label className="field narrow-field">
      <span>{t.speak.language}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {sorted.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Voices of one language. */
export function VoicePick(props: {
  voices: readonly Voice[]
  language: string
  value: string
  onChange(voice: string): void
}) {
  const t = useText()
  const own = props.voices.filter(({ language }) => language === props.language)
  const group = (quality: Voice['quality'], label: string) => {
    const some = own.filter((voice) => voice.quality === quality)
    return some.length === 0 ? null : (
      <optgroup label={label}>
        {some.map((voice) => (
          <option key={voice.id} value={voice.id} lang={voice.language} disabled={!voice.here}>
            {voice.name}
            {voice.gender === 'none' ? '' : `, ${t.speak[voice.gender]}`}
            {voice.here ? '' : ` (${t.speak.missing})`}
          </option>
        ))}
      </optgroup>
    )
  }
  const chosen = own.find(({ id }) => id === props.value)
  const natural = own.some((voice) => voice.quality === 'natural' && voice.here)
  return (
    <div className="stack tight">
      <label className="field narrow-field">
        <span>{t.speak.voice}</span>
        <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
          {group('natural', t.speak.natural)}
          {group('plain', t.speak.plain)}
        </select>
      </label>
      {chosen?.quality === 'plain' && !natural ? <p className="small soft">{t.speak.plainNote}</p> : null}
    </div>
  )
}

/** 0.5 to 2 times the voice's own pace. */
export function SpeedPick({ value, onChange }: { value: number; onChange(speed: number): void }) {
  const t = useText()
  const format = useFormat()
  const shown = t.speak.times(format.number(value, 2))
  return (
    <label className="field narrow-field">
      <span>
        {t.speak.speed} <span className="numbers">{shown}</span>
      </span>
      <input
        type="range"
        min={0.5}
        max={2}
        step={0.05}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  )
}

/** The voice offered first in a language: one that is here. */
export function firstVoiceOf(voices: readonly Voice[], language: string): string {
  const own = voices.filter((voice) => voice.language === language)
  return (own.find(({ here }) => here) ?? own[0])?.id ?? ''
}
