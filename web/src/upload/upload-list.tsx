/** The files on their way in: progress, pause, go on, try again. */
import { Pause, Play, RotateCw, X } from 'lucide-react'
import { Link } from 'wouter'
import { library } from '../api/library.ts'
import { sentenceOf } from '../api/problem.ts'
import { useStore } from '../api/store.ts'
import { useSession } from '../session/session.tsx'
import { useFormat, useText } from '../text/text.tsx'
import type { Upload } from './upload-state.ts'
import { uploads } from './uploads.ts'

const act = (verb: 'pause' | 'resume' | 'drop', id: string) =>
  import('./uploader.ts').then((uploader) => uploader[verb](id))

/** Nothing while nothing is on its way. */
export function UploadList() {
  const t = useText()
  const items = useStore(library)
  // what has arrived stands in the library below; it need not be said twice
  const arrived = (upload: Upload) => upload.state === 'done' && items?.some((item) => item.id === upload.item)
  const list = useStore(uploads).filter((upload) => !arrived(upload))
  if (list.length === 0) return null
  return (
    <section aria-labelledby="uploads" className="stack tight">
      <h2 id="uploads">{t.upload.heading}</h2>
      <ul className="plain-list">
        {list.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  )
}

function UploadRow({ upload }: { upload: Upload }) {
  const t = useText()
  const format = useFormat()
  const { status } = useSession()
  const sent = format.bytes(upload.sent)
  const size = format.bytes(upload.size)
  const says = {
    waiting: t.upload.waiting,
    sending: t.upload.sending(sent, size),
    paused: t.upload.paused(sent, size),
    done: t.upload.done,
    failed:
      upload.problem === 'upload_too_large'
        ? t.upload.tooLarge(format.bytes(status?.upload_limit ?? 0))
        : upload.problem === 'upload_empty'
          ? t.upload.empty
          : upload.problem === 'offline'
            ? t.upload.offline
            : sentenceOf(upload.problem, t),
  }[upload.state]
  const fixed = upload.problem === 'upload_too_large' || upload.problem === 'upload_empty'
  return (
    <li className="item-row">
      <div className="grow">
        <p className="item-name">
          {upload.state === 'done' && upload.item ? (
            <Link href={`/items/${upload.item}`}>{upload.name}</Link>
          ) : (
            upload.name
          )}
        </p>
        <p className="tiny soft numbers">{says}</p>
        {upload.state === 'sending' || upload.state === 'paused' ? (
          <progress value={upload.sent} max={upload.size} aria-label={upload.name} />
        ) : null}
      </div>
      <div className="row">
        {upload.state === 'sending' || upload.state === 'waiting' ? (
          <button
            type="button"
            className="button icon small plain"
            aria-label={t.upload.pause(upload.name)}
            onClick={() => act('pause', upload.id)}
          >
            <Pause aria-hidden />
          </button>
        ) : null}
        {upload.state === 'paused' || (upload.state === 'failed' && !fixed) ? (
          <button
            type="button"
            className="button icon small plain"
            aria-label={upload.state === 'paused' ? t.upload.resume(upload.name) : t.upload.retry(upload.name)}
            onClick={() => act('resume', upload.id)}
          >
            {upload.state === 'paused' ? <Play aria-hidden /> : <RotateCw aria-hidden />}
          </button>
        ) : null}
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.upload.remove(upload.name)}
          onClick={() => act('drop', upload.id)}
        >
          <X aria-hidden />
        </button>
      </div>
    </li>
  )
}
