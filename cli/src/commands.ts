import type { Command } from './command.ts'

/** Every verb and the file it lives in; loaded only when it is called. */
export const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  info: () => import('./commands/info.ts'),
  clip: () => import('./commands/clip.ts'),
  cut: () => import('./commands/cut.ts'),
  mix: () => import('./commands/mix.ts'),
  extract: () => import('./commands/extract.ts'),
  convert: () => import('./commands/convert.ts'),
  transcribe: () => import('./commands/transcribe.ts'),
  speak: () => import('./commands/speak.ts'),
  voices: () => import('./commands/voices.ts'),
  denoise: () => import('./commands/denoise.ts'),
  peaks: () => import('./commands/peaks.ts'),
  face: () => import('./commands/face.ts'),
  verify: () => import('./commands/verify.ts'),
  serve: () => import('./commands/serve.ts'),
  models: () => import('./commands/models.ts'),
  policy: () => import('./commands/policy.ts'),
  ledger: () => import('./commands/ledger.ts'),
  erase: () => import('./commands/erase.ts'),
  rights: () => import('./commands/rights.ts'),
  requests: () => import('./commands/requests.ts'),
  retention: () => import('./commands/retention.ts'),
  'wind-down': () => import('./commands/wind-down.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
}
