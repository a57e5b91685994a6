/** A button that chooses one picture, or film; the file goes no further than the page. */
import { type ReactNode, useRef } from 'react'

/** `disabled` until what must come first has come. */
export function FilePick(props: {
  label: string
  icon: ReactNode
  disabled?: boolean
  accept?: string
  onFile(file: File): void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={props.disabled ?? false}
        onClick={() => input.current?.click()}
      >
        {props.icon}
        {props.label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={props.accept ?? 'image/*'}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) props.onFile(file)
        }}
      />
    </>
  )
}
