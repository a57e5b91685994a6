import { expect, test } from 'vitest'
import { decodeAll } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import { memorySource } from '../container/source.ts'
import { pcmDuration } from '../pcm/pcm.ts'
import { fileKinds, goodFile } from './files.ts'

test.each(fileKinds)('%s is read: container, streams, length, sound', async (kind) => {
  const source = memorySource(goodFile(kind))
  const info = await probe(source)
  const container = { opus: 'ogg', wav24: 'wav' }[kind as string] ?? kind
  expect(info.container).toBe(container)
  expect(info.streams.some(({ type }) => type === 'audio')).toBe(true)
  expect(info.streams.some(({ type }) => type === 'video')).toBe(['webm', 'mp4', 'mov', 'mkv', '3gp'].includes(kind))
  const seconds = kind === 'wav24' ? 0.5 : 2
  expect(Math.abs(info.duration - seconds)).toBeLessThan(0.1)
  expect(Math.abs(pcmDuration(await decodeAll(source)) - seconds)).toBeLessThan(0.1)
})
