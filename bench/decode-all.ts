/** Decodes a whole file and forgets it, for bench/media.ts. */
import { decode, fileSource } from '@sotto/media'

using source = fileSource(process.argv[2] as string)
let samples = 0
for await (const { channels } of decode(source, { passing: true })) samples += channels[0]?.length ?? 0
if (samples === 0) process.exit(1)
