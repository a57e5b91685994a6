/** What a key does on the timeline. Pure: the page carries it out. Keys count only while the timeline has the focus. */

/** A key as the browser tells it; `code` is its place on the keyboard, whatever is printed on it. */
export interface Key {
  readonly key: string
  readonly code: string
  readonly shiftKey: boolean
  readonly command: boolean
}

/** What is to be done. `by` is in seconds, dB for `gain`; `way` is left or right, up or down. */
export type TimelineAct =
  | { readonly act: 'playhead' | 'nudge' | 'gain'; readonly by: number }
  | { readonly act: 'next' | 'choose' | 'toTrack' | 'zoom'; readonly way: 1 | -1 }
  | {
      readonly act:
        | 'play'
        | 'begin'
        | 'end'
        | 'split'
        | 'trimStart'
        | 'trimEnd'
        | 'fadeIn'
        | 'fadeOut'
        | 'here'
        | 'remove'
        | 'copy'
        | 'mute'
        | 'solo'
        | 'snap'
        | 'fit'
        | 'details'
        | 'undo'
        | 'redo'
        | 'help'
    }

/** Every line of the help: what it is about (a text of the catalogue), and its keys. */
export const keyHelp = [
  ['play', ['Space']],
  ['playhead', ['←', '→']],
  ['playheadFine', ['Shift ←', 'Shift →']],
  ['next', ['Ctrl ←', 'Ctrl →']],
  ['ends', ['Home', 'End']],
  ['clips', ['Tab', 'Shift Tab']],
  ['choose', ['↑', '↓']],
  ['nudge', [',', '.']],
  ['nudgeFine', ['Shift ,', 'Shift .']],
  ['here', ['P']],
  ['toTrack', ['Shift ↑', 'Shift ↓']],
  ['split', ['S']],
  ['trim', ['[', ']']],
  ['fades', ['F', 'Shift F']],
  ['gain', ['G', 'Shift G']],
  ['copy', ['D']],
  ['remove', ['Delete']],
  ['mute', ['M']],
  ['solo', ['O']],
  ['snap', ['N']],
  ['zoom', ['+', '-', '0']],
  ['details', ['Enter']],
  ['undo', ['Ctrl Z', 'Ctrl Shift Z']],
  ['help', ['?']],
] as const

/** The act of a key, or null where the key is not ours. */
export function actOf({ key, code, shiftKey, command }: Key): TimelineAct | null {
  const letter = key.toLowerCase()
  if (command) {
    if (letter === 'z') return { act: shiftKey ? 'redo' : 'undo' }
    if (letter === 'y') return { act: 'redo' }
    if (key === 'ArrowLeft' || key === 'ArrowRight') return { act: 'next', way: key === 'ArrowRight' ? 1 : -1 }
    return null
  }
  switch (key) {
    case ' ':
      return { act: 'play' }
    case 'ArrowLeft':
    case 'ArrowRight':
      return { act: 'playhead', by: (key === 'ArrowRight' ? 1 : -1) * (shiftKey ? 0.1 : 1) }
    case 'ArrowUp':
    case 'ArrowDown':
      return { act: shiftKey ? 'toTrack' : 'choose', way: key === 'ArrowDown' ? 1 : -1 }
    case 'Home':
      return { act: 'begin' }
    case 'End':
      return { act: 'end' }
    case 'Delete':
    case 'Backspace':
      return { act: 'remove' }
    case 'Enter':
      return { act: 'details' }
    case '[':
      return { act: 'trimStart' }
    case ']':
      return { act: 'trimEnd' }
    case '+':
    case '=':
      return { act: 'zoom', way: 1 }
    case '-':
      return { act: 'zoom', way: -1 }
    case '0':
      return { act: 'fit' }
    case '?':
      return { act: 'help' }
  }
  if (code === 'Comma' || code === 'Period')
    return { act: 'nudge', by: (code === 'Period' ? 1 : -1) * (shiftKey ? 0.01 : 0.1) }
  switch (letter) {
    case 's':
      return { act: 'split' }
    case 'p':
      return { act: 'here' }
    case 'f':
      return { act: shiftKey ? 'fadeOut' : 'fadeIn' }
    case 'g':
      return { act: 'gain', by: shiftKey ? -1 : 1 }
    case 'd':
      return { act: 'copy' }
    case 'm':
      return { act: 'mute' }
    case 'o':
      return { act: 'solo' }
    case 'n':
      return { act: 'snap' }
    default:
      return null
  }
}
