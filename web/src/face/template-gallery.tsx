/** The gallery: pictures and clips that may be shown, with who is credited for them. */
import type { Template } from '@sotto/media/face/template'
import { Film } from 'lucide-react'
import { useSpeech, useText } from '../text/text.tsx'
import { templateAddress } from './pictures.ts'

/** `chosen` is the id of the template in use. */
export function TemplateGallery(props: {
  templates: readonly Template[]
  chosen: string | undefined
  onChoose(template: Template): void
}) {
  const t = useText()
  const { locale } = useSpeech()
  const language = locale === 'zh-CN' ? 'zh' : 'en'
  return (
    <ul className="face-gallery">
      {props.templates.map((template) => (
        <li key={template.id}>
          <button
            type="button"
            aria-pressed={props.chosen === template.id}
            onClick={() => props.onChoose(template)}
            title={template.credit[language]}
          >
            {template.kind === 'clip' ? (
              <video
                src={templateAddress(template)}
                muted
                playsInline
                preload="metadata"
                width={template.width}
                height={template.height}
                aria-hidden
                tabIndex={-1}
              />
            ) : (
              <img
                src={templateAddress(template)}
                alt=""
                loading="lazy"
                width={template.width}
                height={template.height}
              />
            )}
            <span className={template.kind === 'clip' ? 'with-icon' : undefined}>
              {template.kind === 'clip' ? <Film aria-hidden /> : null}
              {template.title[language]}
              {template.kind === 'clip' ? <span className="hidden">{t.face.isClip}</span> : null}
            </span>
          </button>
          <span className="tiny soft">{template.credit[language]}</span>
        </li>
      ))}
    </ul>
  )
}
