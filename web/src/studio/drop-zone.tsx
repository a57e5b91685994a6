/** Where recordings come in: by letting go, by choosing, by speaking. */
import { Mic, Phone, Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useText } from '../text/text.tsx'

/** `onFiles` gets what was dropped or chosen; `onRecord` and `onCall` the presses of their buttons. */
export function DropZone(props: { onFiles(files: File[]): void; onRecord(): void; onCall(): void }) {
  const { onFiles, onRecord, onCall } = props
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    <section
      aria-label={t.studio.drop}
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length > 0) onFiles(files)
      }}
    >
      <p className="drop-title" aria-hidden>
        {over ? t.studio.dropNow : t.studio.drop}
      </p>
      <div className="row center">
        <button type="button" className="button" onClick={() => input.current?.click()}>
          <Upload aria-hidden />
          {t.studio.choose}
        </button>
        <button type="button" className="button primary" onClick={onRecord}>
          <Mic aria-hidden />
          {t.studio.record}
        </button>
        <button type="button" className="button" onClick={onCall}>
          <Phone aria-hidden />
          {t.call.button}
        </button>
      </div>
      <p className="tiny soft">{t.studio.formats}</p>
      <input
        ref={input}
        hidden
        type="file"
        multiple
        accept="audio/*,video/*,.amr,.3gp,.mkv,.mka,.flac,.opus,.ogg,.m4a,.aac,.wav,.mp3,.webm,.mov,.mp4"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </section>
  )
}
