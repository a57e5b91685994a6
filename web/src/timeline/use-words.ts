/** When words are said in the recordings of a timeline: what edges snap to. */
import type { WordTimes } from '@sotto/media/mix/snap'
import { useEffect, useState } from 'react'
import { api } from '../api/api.ts'
import { library } from '../api/library.ts'
import { useStore } from '../api/store.ts'

async function wordsOf(item: string): Promise<WordTimes[]> {
  const params = { id: item }
  const edit = await api.call('GET /api/items/:id/edit', { params })
  const segments = edit.segments ?? (await api.call('GET /api/items/:id/transcript', { params })).segments
  return segments.flatMap((segment) => segment.words.map(({ start, end }) => ({ start, end })))
}

/** Words by the place of their recording in `items`; those that have none, or none yet, are left out. */
export function useWords(items: readonly string[]): ReadonlyMap<number, readonly WordTimes[]> {
  const all = useStore(library)
  const [found, setFound] = useState<ReadonlyMap<string, readonly WordTimes[]>>(new Map())
  const written = items.filter((id) => all?.some((item) => item.id === id && item.transcript !== 'none')).join(' ')
  useEffect(() => {
    let here = true
    for (const id of written.split(' ').filter(Boolean))
      wordsOf(id).then(
        (words) => here && setFound((old) => new Map(old).set(id, words)),
        // Without words edges snap to all else.
        () => undefined,
      )
    return () => {
      here = false
    }
  }, [written])
  return new Map(items.flatMap((id, index) => (found.has(id) ? [[index, found.get(id) ?? []] as const] : [])))
}
