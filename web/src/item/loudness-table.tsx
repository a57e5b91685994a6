/** How loud something was and is, by EBU R 128. */
import type { Item } from '../api/api.ts'
import { ScrollTable } from '../shell/scroll-table.tsx'
import { useFormat, useText } from '../text/text.tsx'

type Figures = NonNullable<NonNullable<Item['made_from']>['loudness']>

/** A row before, where it was measured, and one after. */
export function LoudnessTable({ loudness }: { loudness: Figures }) {
  const t = useText()
  const format = useFormat()
  const figure = (value: number | null, unit: string) =>
    value === null ? t.mix.silent : `${format.number(value, 1)} ${unit}`
  const rows = [
    ...(loudness.before ? [[t.mix.before, loudness.before] as const] : []),
    [t.mix.after, loudness.after] as const,
  ]
  return (
    <ScrollTable label={t.mix.figures}>
      <table className="numbers small">
        <caption className="label">{t.mix.figures}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t.mix.integrated}</th>
            <th scope="col">{t.mix.range}</th>
            <th scope="col">{t.mix.truePeak}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, one]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{figure(one.integrated, 'LUFS')}</td>
              <td>{figure(one.range, 'LU')}</td>
              <td>{figure(one.truePeak, 'dBTP')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  )
}
