/** Takes the sound out of a file as it is, for bench/media.ts. */
import { fileSink, fileSource } from '@sotto/media'
import { extract } from '@sotto/media/operation/extract'

const [, , from, to] = process.argv as [string, string, string, string]
using source = fileSource(from)
using sink = fileSink(to)
await extract(source, sink, {})
