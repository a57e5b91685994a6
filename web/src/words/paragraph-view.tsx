/** One paragraph: text nodes only, no element for each word; what is cut stands struck through. */
import { memo } from 'react'
import { useText } from '../text/text.tsx'
import type { Run } from './paragraphs.ts'
import { WordEditor } from './word-editor.tsx'

/** Drawn anew only when something of it changed. `edit`: the text being corrected, between what is before and behind. */
export const ParagraphView = memo(
  function ParagraphView(props: {
    index: number
    time: string
    runs: readonly Run[]
    edit: { before: string; text: string; after: string } | null
    onEdit(text: string | null): void
  }) {
    const t = useText()
    return (
      <div className="paragraph">
        <span className="paragraph-time numbers" aria-hidden>
          {props.time}
        </span>
        <p data-paragraph={props.index}>
          {props.edit ? (
            <>
              {props.edit.before}
              <WordEditor text={props.edit.text} onDone={props.onEdit} />
              {props.edit.after}
            </>
          ) : (
            props.runs.map((run, index) =>
              run.cut ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
                <del key={index} title={t.words.cutWord}>
                  {run.text}
                </del>
              ) : (
                run.text
              ),
            )
          )}
        </p>
      </div>
    )
  },
  (a, b) =>
    a.index === b.index &&
    a.time === b.time &&
    a.edit === b.edit &&
    a.runs.length === b.runs.length &&
    a.runs.every((run, index) => run.cut === b.runs[index]?.cut && run.text === b.runs[index]?.text),
)
