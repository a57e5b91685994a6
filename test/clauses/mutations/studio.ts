/** Rules of the studio's work: sound, words, sealed objects, the confined child. */
import type { Mutation } from '../mutation.ts'

/** What breaks in the engine. */
export const studioRules: readonly Mutation[] = [
  {
    clauses: [48],
    file: 'media/src/operation/denoise.ts',
    from: 'const channels = denoisers.map((one, index) => one.push(part.channels[index] as Float32Array))',
    to: 'const channels = part.channels.map((channel) => channel.slice())',
    test: 'media/src/operation/denoise.test.ts',
    name: 'C48:',
  },
  {
    clauses: [50],
    file: 'server/src/jobs/making.ts',
    from: 'task.keep = ((options.keep ?? []) as [number, number][])',
    to: 'task.keep = ([[0, 0.5]] as [number, number][])',
    test: 'server/src/jobs/run.test.ts',
    name: '(C50)',
  },
  {
    clauses: [47, 51],
    file: 'media/src/words/srt.ts',
    from: "${timestamp(cue.start, ',')} -->",
    to: "${timestamp(cue.end, ',')} -->",
    test: 'media/src/words/words.test.ts',
    name: 'SRT comes back as it was written',
  },
  {
    clauses: [164],
    file: 'media/src/child/start.ts',
    from: "env: { PATH: '/usr/bin:/bin',",
    to: "env: { ...process.env, PATH: '/usr/bin:/bin',",
    test: 'media/src/child/run.test.ts',
    name: 'keys are in neither arguments nor environment',
  },
]
