/** The studio in a browser. Nothing imports it: it is built by `vite build` into `dist/` and served by the server. */
export type { Texts } from './text/en.ts'
