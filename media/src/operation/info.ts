import { type MediaInfo, probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import type { Work } from './operation.ts'

/**
 * What a file is: container, duration, streams.
 * @throws UnreadableMediaError @throws TooManyStreamsError @throws TooLargePictureError
 */
export function info(source: ByteSource, work: Work = {}): Promise<MediaInfo> {
  return probe(source, work)
}
