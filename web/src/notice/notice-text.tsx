/** The text of a notice: short layer first, then its nine parts, as printed from the policy. */
import type { Notice } from '@sotto/policy'
import { useText } from '../text/text.tsx'
import { NoticeLine } from './notice-line.tsx'
import './notice.css'

type Block = Notice['parts'][number]['blocks'][number]

function NoticeBlock({ block }: { block: Block }) {
  if (block.type === 'paragraph')
    return (
      <p>
        <NoticeLine line={block.line} />
      </p>
    )
  if (block.type === 'list')
    return (
      <ul>
        {block.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: printed once
          <li key={index}>
            <NoticeLine line={line} />
          </li>
        ))}
      </ul>
    )
  return (
    <dl>
      {block.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: printed once
        <div key={index}>
          <dt>{row.label}</dt>
          <dd>
            <NoticeLine line={row.line} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Blocks = ({ blocks }: { blocks: readonly Block[] }) =>
  blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: printed once
    <NoticeBlock key={index} block={block} />
  ))

/** `register`: each section leads to what stands behind it. `changed`: ids of parts and sections that read differently since the person last read (C257). */
export function NoticeText(props: { printed: Notice; changed?: ReadonlySet<string>; register?: boolean }) {
  const { printed, changed, register } = props
  const t = useText()
  const mark = (id: string) => (changed?.has(id) ? <span className="badge">{t.policy.since}</span> : null)
  const behind = (id: string, title: string) =>
    register ? (
      <p className="tiny no-print">
        <a href={`/notice/register#${id}`} aria-label={`${t.policy.behind}: ${title}`}>
          {t.policy.behind}
        </a>
      </p>
    ) : null
  return (
    <>
      <section id="short" className="sheet">
        <h2>
          {printed.short.title} {mark('short')}
        </h2>
        <ul>
          {printed.short.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: printed once
            <li key={index}>
              <NoticeLine line={line} />
            </li>
          ))}
        </ul>
      </section>
      <nav aria-label={printed.contents_title}>
        <ol>
          {printed.parts.map((part) => (
            <li key={part.id}>
              <a href={`#${part.id}`}>{part.title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {printed.parts.map((part) => (
        <section key={part.id} id={part.id}>
          <h2>
            {part.number} {part.title} {mark(part.id)}
          </h2>
          <Blocks blocks={part.blocks} />
          {part.blocks.length > 0 ? behind(part.id, part.title) : null}
          {part.sections.map((section) => (
            <section key={section.id} id={section.id}>
              <h3>
                {section.number} {section.title} {mark(section.id)}
              </h3>
              <Blocks blocks={section.blocks} />
              {behind(section.id, section.title)}
            </section>
          ))}
        </section>
      ))}
    </>
  )
}
