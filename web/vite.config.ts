/** The page's build: one entry, routes split off, then the service worker beside it as one file of its own. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const target = 'es2022'

/** Builds the service worker after the page, with the list of the page's files inside, so that it opens offline. */
function serviceWorker(): Plugin {
  return {
    name: 'sotto-service-worker',
    apply: 'build',
    closeBundle: {
      sequential: true,
      async handler() {
        // what was really written: chunks that held nothing but styles leave the bundle at the very end
        const files = readdirSync(`${here}dist/assets`)
          .map((name) => `/assets/${name}`)
          .sort()
        const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
        await build({
          configFile: false,
          root: here,
          publicDir: false,
          logLevel: 'warn',
          define: { __SHELL__: JSON.stringify({ files, version }) },
          build: {
            outDir: 'dist',
            emptyOutDir: false,
            target,
            modulePreload: false,
            rollupOptions: {
              input: `${here}src/pwa/service-worker.ts`,
              output: { format: 'iife', entryFileNames: 'service-worker.js' },
            },
          },
        })
      },
    },
  }
}

/** Puts a compressed copy beside each text file of the build: the server sends it to browsers that take it. */
function compressed(): Plugin {
  return {
    name: 'sotto-compressed',
    apply: 'build',
    enforce: 'post',
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        for (const name of readdirSync(`${here}dist`, { recursive: true, encoding: 'utf8' })) {
          if (!/\.(js|css|html|svg|webmanifest)$/.test(name)) continue
          const file = `${here}dist/${name}`
          const bytes = readFileSync(file)
          writeFileSync(`${file}.br`, brotliCompressSync(bytes))
          writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}

/** The bundled sample before and after cleaning, out of the engine's fixtures: one copy in the repository. */
const sample = { noisy: 'sample/noisy.ogg', clean: 'sample/clean.ogg' }

function sampleFiles(): Plugin {
  return {
    name: 'sotto-sample',
    apply: 'build',
    generateBundle() {
      for (const [name, fileName] of Object.entries(sample))
        this.emitFile({ type: 'asset', fileName, source: readFileSync(`${here}../media/fixtures/sample-${name}.opus`) })
    },
  }
}

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), sampleFiles(), serviceWorker(), compressed()],
  define: { __SAMPLE__: JSON.stringify({ noisy: `/${sample.noisy}`, clean: `/${sample.clean}` }) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target,
    // an inlined file would be a data: address, which the content security policy refuses for all but pictures
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
})
