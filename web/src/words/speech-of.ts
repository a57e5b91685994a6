/** Where somebody speaks in an item, found on this device from the waveform that is here anyway. */
import { speechInLevels, type TimeRange } from '@sotto/media/words'
import { api } from '../api/api.ts'
import { readWaveform } from '../item/peaks.ts'

/** Pairs of the finest level of a day: more than any recording has. */
const ALL = 24 * 3600 * 100
/** A peak stands about this much over the level of its hundredth of a second, dB. */
const CREST = 4

/** Stretches of speech, by level alone; none where the waveform is not fine enough to tell. */
export async function speechOf(id: string, signal: AbortSignal): Promise<TimeRange[]> {
  const answer = await api.call('GET /api/items/:id/peaks', { params: { id } }, { signal })
  if (!answer.body) return []
  const { perSecond, high, low } = await readWaveform(answer.body, ALL)
  if (perSecond !== 100) return []
  const levels = high.map((top, index) => {
    const peak = Math.max(Math.abs(top), Math.abs(low[index] ?? 0))
    return 20 * Math.log10(Math.max(peak, 1e-6)) - CREST
  })
  return speechInLevels(levels)
}
