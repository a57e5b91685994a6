/** Waveforms of the recordings on a timeline: each is fetched once while the page is open. */
import { useEffect, useState } from 'react'
import { api } from '../api/api.ts'
import { readWaveform, type Waveform } from '../item/peaks.ts'

/** Pairs of highest and lowest: a recording of 40 minutes has its hundredths of a second. */
const PAIRS = 250_000
const known = new Map<string, Promise<Waveform>>()

function waveOf(item: string): Promise<Waveform> {
  const asked =
    known.get(item) ??
    api.call('GET /api/items/:id/peaks', { params: { id: item } }).then((answer) => {
      if (!answer.body) throw new TypeError('no waveform came')
      return readWaveform(answer.body, PAIRS)
    })
  known.set(item, asked)
  // What could not be had is asked for again the next time.
  asked.catch(() => known.delete(item))
  return asked
}

/** The waveform of a recording; null while it is not there, and where there is none. */
export function useWave(item: string | null): Waveform | null {
  const [wave, setWave] = useState<Waveform | null>(null)
  useEffect(() => {
    setWave(null)
    if (item === null) return
    let here = true
    waveOf(item).then(
      (found) => here && setWave(found),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [item])
  return wave
}
