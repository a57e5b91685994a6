/** The page's build: one entry, routes split off, then the service worker beside it as one file of its own. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { templateFile, templates } from '@sotto/media/face/node/templates'
import { facePartNames, faceWeight, hasFaceWeights, packageFolder } from '@sotto/media/face/node/weights'
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

/** LiteRT's two builds: with relaxed SIMD and without. */
const litert = ['litert_wasm_internal', 'litert_wasm_compat_internal']

/**
 * What faces on the device need, served by this site alone: LiteRT, the weights (cut out and checked), the gallery.
 * LiteRT's script makes a global of a classic script; as a module it says so itself. Without the weights on the building
 * machine the files are left out, and the page says that faces are not available.
 */
function faceFiles(): Plugin {
  return {
    name: 'sotto-face',
    apply: 'build',
    generateBundle() {
      if (!hasFaceWeights()) return
      const give = (fileName: string, source: Uint8Array | string) =>
        this.emitFile({ type: 'asset', fileName: `face/${fileName}`, source })
      const wasm = `${packageFolder('@litertjs/core')}/wasm/`
      for (const name of litert) {
        give(`${name}.js`, `${readFileSync(`${wasm}${name}.js`, 'utf8')}\nglobalThis.ModuleFactory = ModuleFactory\n`)
        give(`${name}.wasm`, readFileSync(`${wasm}${name}.wasm`))
      }
      for (const part of facePartNames) give(`${part}.bin`, faceWeight(part))
      give('templates.json', JSON.stringify(templates()))
      for (const template of templates())
        for (const part of ['media', 'over', 'points'] as const) {
          const file = templateFile(template, part)
          if (file !== undefined) give(`${template.id}.${part}${extname(file)}`, readFileSync(file))
        }
    },
  }
}

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), sampleFiles(), faceFiles(), serviceWorker(), compressed()],
  define: { __SAMPLE__: JSON.stringify({ noisy: `/${sample.noisy}`, clean: `/${sample.clean}` }) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target,
    // an inlined file would be a data: address, which the content security policy refuses for all but pictures
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What many pages share is one file: each file of its own costs a kilobyte of headers at the first load.
        advancedChunks: { groups: [{ name: 'shared', test: /[\\/]web[\\/]src[\\/]|lucide-react/, minShareCount: 3 }] },
      },
    },
  },
  worker: { format: 'es' },
})
