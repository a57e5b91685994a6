/** All keys of the timeline. */
import { Dialog } from '../shell/dialog.tsx'
import { useText } from '../text/text.tsx'
import { keyHelp } from './keys.ts'

/** Opened by `?` and by a button. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const t = useText()
  return (
    <Dialog open title={t.timeline.keysTitle} text={t.timeline.keysText} onClose={onClose}>
      <dl className="tl-keys small">
        {keyHelp.map(([name, keys]) => (
          <div key={name}>
            <dt>{t.timeline.keys[name]}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} className="mono">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <button type="button" className="button primary" onClick={onClose}>
          {t.app.close}
        </button>
      </div>
    </Dialog>
  )
}
