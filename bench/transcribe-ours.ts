/** Recognises files and writes what was heard, for bench/transcribe.ts. */
import { writeFileSync } from 'node:fs'
import { fileSource } from '@sotto/media'
import { transcribe } from '@sotto/media/operation/transcribe'

const [, , out, ...files] = process.argv as [string, string, string, ...string[]]
const heard: string[] = []
for (const file of files) {
  using source = fileSource(file)
  const { segments } = await transcribe(source, { model: 'base', language: 'en' }, () => undefined)
  heard.push(segments.map(({ text }) => text).join(' '))
}
writeFileSync(out, heard.join('\n'))
