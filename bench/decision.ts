/** One decision of the policy (aim: 50 ns). */
import { consentScope, decide, foldConsents } from '@sotto/policy'
import { median, type Section } from './measure.ts'

const CALLS = 2_000_000

export async function decision(): Promise<Section> {
  const subject = 'f0f0f0f0-0000-4000-8000-000000000000'
  const consents = foldConsents(subject, [{ purpose: 'transcribe', state: 'given', scope: consentScope('transcribe') }])
  const requests = [
    { purpose: 'keep_media', subject, by: subject },
    { purpose: 'transcribe', subject, by: 'job', consents },
    { purpose: 'denoise', subject, by: 'job', consents },
    { purpose: 'keep_media', subject, by: 'another' },
  ] as const
  const rounds: number[] = []
  let allowed = 0
  for (let round = 0; round < 9; round++) {
    const start = performance.now()
    for (let i = 0; i < CALLS; i++) if (decide(requests[i & 3] as (typeof requests)[number]).allow) allowed++
    rounds.push(((performance.now() - start) * 1e6) / CALLS)
  }
  if (allowed !== 9 * (CALLS / 2)) throw new Error('the decisions are not those expected')
  const ns = median(rounds)
  return {
    title: 'One decision of the policy',
    rows: [{ what: 'four kinds of request in turn', value: `${ns.toFixed(0)} ns`, aim: '<= 50 ns', met: ns <= 50 }],
  }
}
