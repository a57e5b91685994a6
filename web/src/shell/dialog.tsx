/** A dialogue of the page: traps and returns focus, closes with Escape, has a name. */
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import '../look/dialog.css'

/** `onClose` is called for every way out; `locked` leaves only the buttons inside. */
export function Dialog(props: {
  open: boolean
  title: string
  text?: ReactNode
  locked?: boolean
  alert?: boolean
  onClose(): void
  children: ReactNode
}) {
  return (
    <Base.Root
      open={props.open}
      disablePointerDismissal={props.locked ?? false}
      onOpenChange={(open, details) => {
        if (open) return
        if (props.locked && details.reason === 'escape-key') return
        props.onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className="dialog" role={props.alert ? 'alertdialog' : 'dialog'}>
          <Base.Title>{props.title}</Base.Title>
          {props.text ? <Base.Description className="soft">{props.text}</Base.Description> : null}
          {props.children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
