/** The bundled sample: before and after, for everybody; and the way to work on it. */
import { Compare } from '../compare/compare.tsx'
import { useText } from '../text/text.tsx'

/** The comparison needs nothing of the person; `onTry` puts the sample into their library. */
export function Sample({ onTry, busy }: { onTry(): void; busy: boolean }) {
  const t = useText()
  return (
    <section className="sample" aria-labelledby="sample">
      <div className="row spread">
        <h2 id="sample">{t.studio.sampleTitle}</h2>
        <button type="button" className="button" disabled={busy} onClick={onTry}>
          {t.studio.sample}
        </button>
      </div>
      <p className="soft small">{t.studio.sampleLead}</p>
      <Compare before={__SAMPLE__.noisy} after={__SAMPLE__.clean} label={t.studio.sampleTitle} />
    </section>
  )
}
