/** Reads back what a picture says of how it was made; the file stays on this device. */
import type { InvisibleMark } from '@sotto/media/provenance/mark'
import type { Verification } from '@sotto/media/provenance/verify'
import { FileSearch } from 'lucide-react'
import { useState } from 'react'
import { useText, useTitle } from '../text/text.tsx'
import { FilePick } from './file-pick.tsx'
import { ObjectionForm } from './objection-form.tsx'
import { pixelsOf } from './pictures.ts'
import './face.css'

/** The invisible mark of a picture, or null: films have none, and what cannot be decoded says nothing. */
async function markOf(file: File): Promise<InvisibleMark | null> {
  const { readMark } = await import('@sotto/media/provenance/mark')
  return await pixelsOf(file).then(
    (pixels) => readMark(pixels) ?? null,
    () => null,
  )
}

/** The page. */
export function VerifyPage() {
  const t = useText()
  useTitle(t.verify.title)
  const [read, setRead] = useState<(Verification & { readonly mark: InvisibleMark | null }) | null>(null)
  const [problem, setProblem] = useState(false)
  const look = async (file: File) => {
    setProblem(false)
    setRead(null)
    try {
      const { verifyBytes } = await import('@sotto/media/provenance/verify')
      const said = await verifyBytes(new Uint8Array(await file.arrayBuffer()))
      const mark = await markOf(file)
      setRead({ ...said, mark, synthetic: said.synthetic || mark !== null })
    } catch {
      setProblem(true)
    }
  }
  return (
    <div className="page narrow stack">
      <h1>{t.verify.title}</h1>
      <p className="soft">{t.verify.lead}</p>
      <p>
        <FilePick
          accept="image/*,video/mp4,video/webm"
          label={t.verify.choose}
          onFile={look}
          icon={<FileSearch aria-hidden />}
        />
      </p>
      {problem ? (
        <p className="problem" role="alert">
          {t.verify.unreadable}
        </p>
      ) : null}
      <div role="status">
        {read ? (
          <dl className="face-facts">
            <dt>{t.verify.verdict}</dt>
            <dd>{read.synthetic ? t.verify.synthetic : t.verify.nothing}</dd>
            <dt>AIGC (GB 45438)</dt>
            <dd>{read.aigc === null ? t.verify.none : `${read.aigc.ContentProducer} · ${read.aigc.ProduceID}`}</dd>
            <dt>C2PA</dt>
            <dd>
              {read.credential === null
                ? t.verify.none
                : `${read.credential.unchanged ? t.verify.unchanged : t.verify.changed} ${read.credential.signer}`}
            </dd>
            <dt>{t.verify.mark}</dt>
            <dd>{read.mark === null ? t.verify.none : read.mark.id}</dd>
          </dl>
        ) : null}
      </div>
      <ObjectionForm key={read?.aigc?.ProduceID ?? ''} code={read?.aigc?.ProduceID ?? ''} />
    </div>
  )
}
