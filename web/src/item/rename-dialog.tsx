/** Gives an item another name. */
import { type FormEvent, useState } from 'react'
import { api, type Item } from '../api/api.ts'
import { library, withItem } from '../api/library.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'

/** `onClose` is called when it is done or given up. */
export function RenameDialog({ item, onClose }: { item: Item; onClose(): void }) {
  const t = useText()
  const [name, setName] = useState(item.name)
  const [error, setError] = useState<unknown>(null)
  const save = (event: FormEvent) => {
    event.preventDefault()
    api.call('PATCH /api/items/:id', { params: { id: item.id }, body: { name: name.trim() } }).then((renamed) => {
      library.set((items) => withItem(items, renamed))
      onClose()
    }, setError)
  }
  return (
    <Dialog open title={t.item.rename} onClose={onClose}>
      <form className="stack" onSubmit={save}>
        <label className="field">
          <span>{t.item.newName}</span>
          <input
            value={name}
            maxLength={200}
            required
            onFocus={(event) => event.target.select()}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <ProblemNote error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={name.trim() === ''}>
            {t.app.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
