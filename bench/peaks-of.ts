/** Draws the peaks of a file, for bench/media.ts. */
import { fileSource } from '@sotto/media'
import { peaks } from '@sotto/media/operation/peaks'

using source = fileSource(process.argv[2] as string)
await peaks(source, {})
