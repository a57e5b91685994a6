/** The whole notice: short layer first, then its nine parts, as printed from the policy. */
import type { Notice } from '@sotto/policy'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useSpeech, useTitle } from '../text/text.tsx'
import { readNotice } from './notice.ts'
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

/** The page; the same text the server prints as HTML and Markdown. */
export function NoticePage() {
  const { t, locale } = useSpeech()
  useTitle(t.noticePage.title)
  const notice = useAnswer(`notice ${locale}`, () => readNotice(locale))
  const printed = notice.value
  if (!printed)
    return (
      <div className="page narrow stack">
        <h1>{t.noticePage.title}</h1>
        <ProblemNote error={notice.error} again={notice.again} />
        {notice.loading ? <p className="soft">{t.noticeLayer.loading}</p> : null}
      </div>
    )
  return (
    <article className="page narrow notice" lang={printed.locale}>
      <h1>{printed.title}</h1>
      <p className="small soft mono version">{printed.version_line}</p>
      <p className="row small no-print">
        <button type="button" className="button small" onClick={() => window.print()}>
          {t.noticePage.print}
        </button>
        <a href={`/api/notice?locale=${locale}&format=markdown`} download={`sotto-notice-${locale}.md`}>
          {t.noticePage.markdown}
        </a>
        <a href={`/api/notice?locale=${locale}&format=json`} download={`sotto-notice-${locale}.json`}>
          {t.noticePage.json}
        </a>
      </p>
      <section id="short" className="sheet">
        <h2>{printed.short.title}</h2>
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
            {part.number} {part.title}
          </h2>
          <Blocks blocks={part.blocks} />
          {part.sections.map((section) => (
            <section key={section.id} id={section.id}>
              <h3>
                {section.number} {section.title}
              </h3>
              <Blocks blocks={section.blocks} />
            </section>
          ))}
        </section>
      ))}
    </article>
  )
}
