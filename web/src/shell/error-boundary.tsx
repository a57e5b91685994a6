/** Catches what a page throws while it draws, and says so instead of a blank screen. */
import { Component, type ReactNode } from 'react'
import type { Texts } from '../text/en.ts'

/** React has no function form of this. */
export class ErrorBoundary extends Component<{ t: Texts; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    if (!this.state.broken) return this.props.children
    const { t } = this.props
    return (
      <div className="page narrow stack" role="alert">
        <h1>{t.app.brokenTitle}</h1>
        <p className="soft">{t.app.broken}</p>
        <p>
          <button type="button" className="button primary" onClick={() => location.reload()}>
            {t.app.reload}
          </button>
        </p>
      </div>
    )
  }
}
