/** The gallery: pictures that may be shown, with who is credited for them. */
import type { Template } from '@sotto/media/face/template'
import { useSpeech } from '../text/text.tsx'
import { templateAddress } from './pictures.ts'

/** `chosen` is the id of the template in use. */
export function TemplateGallery(props: {
  templates: readonly Template[]
  chosen: string | undefined
  onChoose(template: Template): void
}) {
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
            <img
              src={templateAddress(template)}
              alt=""
              loading="lazy"
              width={template.width}
              height={template.height}
            />
            <span>{template.title[language]}</span>
          </button>
          <span className="tiny soft">{template.credit[language]}</span>
        </li>
      ))}
    </ul>
  )
}
