import { loudnessTargets } from '@sotto/media'
import { numberOf } from './arguments.ts'

/** A number of LUFS, or the name of a target; undefined where the option was not given. @throws UsageError */
export function loudnessOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (Object.hasOwn(loudnessTargets, value)) return loudnessTargets[value as keyof typeof loudnessTargets]
  return numberOf(value, 'loudness', [-60, -5], 0)
}
