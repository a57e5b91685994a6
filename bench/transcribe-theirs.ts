/** The same with whisper.cpp through its npm binding, for bench/transcribe.ts. */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { decodeAll, fileSource, mixToMono } from '@sotto/media'

const [, , out, cache, weights, ...files] = process.argv as [string, string, string, string, string, ...string[]]
interface Context {
  transcribeData(data: ArrayBuffer, options: Record<string, unknown>): { promise: Promise<{ result: string }> }
  release(): Promise<void>
}
const { initWhisper } = createRequire(`${cache}/package.json`)('@fugood/whisper.node') as {
  initWhisper(options: { filePath: string; useGpu: boolean }): Promise<Context>
}
const context = await initWhisper({ filePath: weights, useGpu: false })
const heard: string[] = []
for (const file of files) {
  using source = fileSource(file)
  const samples = mixToMono(await decodeAll(source, { rate: 16_000 }))
  const pcm = Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))))
  const { result } = await context.transcribeData(pcm.buffer, { language: 'en', maxThreads: 2 }).promise
  heard.push(result)
}
writeFileSync(out, heard.join('\n'))
await context.release()
