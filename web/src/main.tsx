/** The entry: language and look first, then the page. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyTheme } from './shell/theme.ts'
import { initialLocale } from './text/locale.ts'
import { loadTexts, TextProvider } from './text/text.tsx'
import './look/tokens.css'
import './look/base.css'

applyTheme()
const texts = await loadTexts(initialLocale())
const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(
  <StrictMode>
    <TextProvider first={texts}>
      <App />
    </TextProvider>
  </StrictMode>,
)
