/** The library: newest first, searched by name, each renamed and erased from its line. */
import { useEffect, useState } from 'react'
import type { Item } from '../api/api.ts'
import { library, refreshLibrary } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { EraseDialog } from '../item/erase-dialog.tsx'
import { RenameDialog } from '../item/rename-dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { ItemRow } from './item-row.tsx'

/** Names that contain the words asked for, whatever their case. Names are unsealed for the person, so search is here. */
export function matching(items: readonly Item[], query: string): Item[] {
  const wanted = query.trim().toLocaleLowerCase()
  return wanted === '' ? [...items] : items.filter((item) => item.name.toLocaleLowerCase().includes(wanted))
}

/** Empty, loading and failing are states of it. */
export function LibraryList() {
  const t = useText()
  const items = useStore(library)
  const [query, setQuery] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [renaming, setRenaming] = useState<Item | null>(null)
  const [erasing, setErasing] = useState<Item | null>(null)
  const load = () => {
    setError(null)
    refreshLibrary().catch(setError)
  }
  useEffect(load, [])
  const shown = matching(items ?? [], query)
  return (
    <section aria-labelledby="library" className="stack tight">
      <div className="library-head">
        <div>
          <h2 id="library">{t.studio.recordings}</h2>
          {items && items.length > 0 ? <p className="tiny soft">{t.studio.count(items.length)}</p> : null}
        </div>
        {items && items.length > 0 ? (
          <input
            type="search"
            className="input"
            aria-label={t.studio.search}
            placeholder={t.studio.search}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        ) : null}
      </div>
      <ProblemNote error={error} lead={t.studio.failed} again={load} />
      {items === null && !error ? <p className="soft">{t.app.loading}</p> : null}
      {items?.length === 0 ? <p className="soft">{t.studio.noneYet}</p> : null}
      {items && items.length > 0 && shown.length === 0 ? (
        <p className="soft" role="status">
          {t.studio.noMatch(query)}
        </p>
      ) : null}
      <ul className="plain-list">
        {shown.map((item) => (
          <ItemRow key={item.id} item={item} onRename={() => setRenaming(item)} onErase={() => setErasing(item)} />
        ))}
      </ul>
      {renaming ? <RenameDialog item={renaming} onClose={() => setRenaming(null)} /> : null}
      {erasing ? <EraseDialog item={erasing} onClose={() => setErasing(null)} /> : null}
    </section>
  )
}
