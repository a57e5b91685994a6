/** A table that may be wider than the page: it scrolls by itself, by keyboard too. */
import type { ReactNode } from 'react'

/** `label` names it for whoever tabs into it. */
export function ScrollTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; a section would be one landmark too many
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div className="scroll-x" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
