/** One recording of the library in one line. */
import { Pencil, Trash2 } from 'lucide-react'
import { Link } from 'wouter'
import type { Item } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { sentenceOf } from '../api/problem.ts'
import { progressOf } from '../shell/progress-text.ts'
import type { Texts } from '../text/en.ts'
import { useFormat, useText } from '../text/text.tsx'

function madeFrom({ operation, name }: NonNullable<Item['made_from']>, t: Texts): string {
  return operation === 'save_speech' ? t.made.save_speech : `${t.made[operation]} ${name ?? t.item.sourceErased}`
}

/** `onRename` and `onErase` open their dialogues. */
export function ItemRow({ item, onRename, onErase }: { item: Item; onRename(): void; onErase(): void }) {
  const t = useText()
  const format = useFormat()
  const job = item.jobs.find(isActive)
  const facts = [
    item.made_from ? madeFrom(item.made_from, t) : t.item.origin[item.origin],
    item.state === 'ready' ? t.item.transcript[item.transcript] : t.item.states[item.state],
    ...(item.problem ? [sentenceOf(item.problem, t)] : []),
    ...(job && job.operation !== 'prepare' ? [progressOf(job, t, format.clock)] : []),
    format.moment(item.created_at),
    ...(item.erase_at ? [t.item.erasesAt(format.day(item.erase_at))] : []),
  ]
  return (
    <li className="item-row">
      <div className="grow">
        <p className="item-name">
          <Link href={`/items/${item.id}`}>{item.name}</Link>
        </p>
        <p className="tiny soft numbers">{facts.join(' · ')}</p>
      </div>
      <span className="numbers small soft length">{item.duration === null ? '' : format.clock(item.duration)}</span>
      <div className="row">
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.item.renameThis(item.name)}
          onClick={onRename}
        >
          <Pencil aria-hidden />
        </button>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.item.eraseThis(item.name)}
          onClick={onErase}
        >
          <Trash2 aria-hidden />
        </button>
      </div>
    </li>
  )
}
