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

/** `changed`: ids of parts and sections that read differently since the person last read (C257). */
export function NoticeText({ printed, changed }: { printed: Notice; changed?: ReadonlySet<string> }) {
  const t = useText()
  const mark = (id: string) => (changed?.has(id) ? <span className="badge">{t.policy.since}</span> : null)
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
          {part.sections.map((section) => (
            <section key={section.id} id={section.id}>
              <h3>
                {section.number} {section.title} {mark(section.id)}
              </h3>
              <Blocks blocks={section.blocks} />
            </section>
          ))}
        </section>
      ))}
    </>
  )
}
