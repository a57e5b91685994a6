/** The two choices every page offers: language and appearance. */
import { useState } from 'react'
import { LOCALES, type Locale } from '../text/locale.ts'
import { useSpeech, useText } from '../text/text.tsx'
import { chooseTheme, currentTheme, THEMES, type Theme } from './theme.ts'

const NAMES: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' }

/** Languages under their own names. */
export function LanguagePick() {
  const { locale, setLocale, t } = useSpeech()
  return (
    <label className="pick">
      <span className="hidden">{t.app.language}</span>
      <select value={locale} onChange={(event) => setLocale(event.target.value as Locale)}>
        {LOCALES.map((one) => (
          <option key={one} value={one} lang={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  )
}

/** As the device, light, dark. */
export function ThemePick() {
  const t = useText()
  const [theme, setTheme] = useState(currentTheme)
  const names: Readonly<Record<Theme, string>> = {
    system: t.app.themeSystem,
    light: t.app.themeLight,
    dark: t.app.themeDark,
  }
  return (
    <label className="pick">
      <span className="hidden">{t.app.theme}</span>
      <select
        value={theme}
        onChange={(event) => {
          const next = event.target.value as Theme
          chooseTheme(next)
          setTheme(next)
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </label>
  )
}
