/** Light, dark, or as the device has it. The choice is kept in this browser, and only when made. */

import { mayKeep } from '../privacy/cookie-choice.ts'

/** What a person can choose. */
export type Theme = 'system' | 'light' | 'dark'
/** All choices, in the order they are offered. */
export const THEMES: readonly Theme[] = ['system', 'light', 'dark']
/** Declared in the policy's list of what is kept in the browser. */
const KEY = 'theme'

/** The choice made in this browser. */
export function currentTheme(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system'
}

/** Shows the page in the theme chosen. */
export function applyTheme(theme: Theme = currentTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Remembers a choice and shows it. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system' || !mayKeep('theme')) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  applyTheme(theme)
}
