/** What a recording is: length, size, streams, where it comes from and what was made of it. */
import { Link } from 'wouter'
import type { Item } from '../api/api.ts'
import { library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { AgreementNote } from '../call/agreement-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { LoudnessTable } from './loudness-table.tsx'
import { MadeFrom } from './made-from.tsx'
import { stemOf } from './stem.ts'

/** Facts, then lineage. */
export function FactsPanel({ item }: { item: Item }) {
  const t = useText()
  const format = useFormat()
  const made = (useStore(library) ?? []).filter((one) => one.made_from?.item === item.id)
  const stream = (one: Item['streams'][number]) =>
    [
      one.codec,
      one.sampleRate ? `${format.number(one.sampleRate / 1000, 3)} kHz` : '',
      one.channels ? t.item.channels(one.channels) : '',
      one.width && one.height ? `${one.width} × ${one.height}` : '',
      one.frameRate ? `${format.number(one.frameRate, 2)} fps` : '',
    ]
      .filter(Boolean)
      .join(', ')
  const facts: readonly (readonly [string, string])[] = [
    [t.item.length, item.duration === null ? '' : format.clock(item.duration, true)],
    [t.item.size, format.bytes(item.bytes)],
    [t.item.container, item.container ?? item.mime],
    ...item.streams.map((one): [string, string] => [t.item.stream, stream(one)]),
    [t.item.created, format.moment(item.created_at)],
  ]
  return (
    <div className="panel two">
      <dl className="facts numbers">
        {facts.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several streams have the same name
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="stack tight">
        <h2 className="as-h3">{t.item.lineage}</h2>
        <p className="small">
          {item.made_from ? <MadeFrom made={item.made_from} /> : `${t.item.origin[item.origin]} · ${t.item.original}`}
        </p>
        {item.origin === 'call' ? <AgreementNote item={item.id} name={stemOf(item.name)} /> : null}
        {item.made_from?.loudness ? <LoudnessTable loudness={item.made_from.loudness} /> : null}
        {made.length > 0 ? (
          <>
            <p className="label">{t.item.madeInto}</p>
            <ul className="plain-list small">
              {made.map((one) => (
                <li key={one.id}>
                  <Link href={`/items/${one.id}`}>{one.name}</Link>{' '}
                  <span className="soft">({t.made[one.made_from?.operation ?? 'prepare']})</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </div>
  )
}
