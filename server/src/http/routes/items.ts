/** Routes of the library: items, their sound, waveform, words and edit. */
import { agreementLines } from '@sotto/policy'
import type { Row } from '../../gate/gate.ts'
import { agreementFor } from '../../items/agreement.ts'
import { isSynthetic } from '../../items/ancestry.ts'
import { extensionOf } from '../../items/mime.ts'
import { addSample } from '../../items/sample.ts'
import { itemViews } from '../../items/view.ts'
import { editedWords } from '../../items/words.ts'
import { Problem } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { StaleVersionError } from '../../vault/record.ts'
import { attachment, stem } from '../file-name.ts'
import { type App, handle } from '../handle.ts'
import { rangeOf } from '../range.ts'
import { sealedStream } from '../sealed-stream.ts'
import { WORD_TYPES } from '../word-types.ts'
import { syntheticNote, wordsFile } from '../words-file.ts'

/** Opens a person's library for keeping; `item` says which one, in the ledger. */
const open = (studio: Studio, person: string, item?: string, streaming = false) =>
  studio.gate.open('keep_media', person, { by: 'self', ...(item ? { item } : {}), streaming })

/** One item in the contract's shape. @throws Problem `not_found` for another's, an erased and a never made one alike */
async function oneItem(studio: Studio, person: string, id: string) {
  const [item] = await itemViews(await open(studio, person, id), studio.queue, person, id)
  if (!item) throw new Problem('not_found')
  return item
}

/** The library. */
export function itemRoutes(app: App, studio: Studio): void {
  handle(app, 'GET /api/items', async ({ person, query }) => {
    const items = await itemViews(await open(studio, person), studio.queue, person)
    // Names are sealed, so they are searched here, opened: a person's library is small.
    const words = (query.q ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean)
    return items.filter(({ name }) => words.every((word) => name.toLocaleLowerCase().includes(word)))
  })

  handle(app, 'GET /api/items/:id', ({ person, params }) => oneItem(studio, person, params.id))

  handle(app, 'POST /api/items/sample', async ({ person, locale }) => {
    studio.windDown.mayCollect()
    return oneItem(studio, person, await addSample(studio, person, locale))
  })

  handle(app, 'PATCH /api/items/:id', async ({ person, params, body }) => {
    const mine = await open(studio, person, params.id)
    if (!(await mine.item.get(params.id))) throw new Problem('not_found')
    const { name, tags } = body
    await mine.item.change(params.id, {
      ...(name === undefined ? {} : { name }),
      ...(tags === undefined ? {} : { tags: tags.length === 0 ? undefined : tags }),
    })
    studio.hub.emit(person, { type: 'item', item: params.id })
    return oneItem(studio, person, params.id)
  })

  handle(app, 'DELETE /api/items/:id', async ({ person, params }) => {
    const mine = await open(studio, person, params.id)
    if (!(await mine.item.get(params.id))) throw new Problem('not_found')
    return studio.erase.item(person, params.id)
  })

  handle(app, 'GET /api/items/:id/media', async ({ person, params, query, request, reply }) => {
    const mine = await open(studio, person, params.id, true)
    const [media] = await mine.media.list({ item: params.id, state: 'live' })
    const item = await mine.item.get(params.id)
    if (!media || !item) throw new Problem('not_found')
    const range = rangeOf(request.headers.range, media.size)
    reply.header('accept-ranges', 'bytes').type(media.mime)
    if (query.download !== undefined)
      reply.header('content-disposition', attachment(`${stem(item.name)}.${extensionOf(media.mime)}`))
    reply.header('content-length', range.end - range.start)
    if (range.partial) reply.code(206).header('content-range', `bytes ${range.start}-${range.end - 1}/${media.size}`)
    return request.method === 'HEAD' ? '' : sealedStream(studio, person, params.id, media.object, range)
  })

  handle(app, 'GET /api/items/:id/peaks', async ({ person, params, reply }) => {
    const mine = await open(studio, person, params.id, true)
    const [peaks] = await mine.media.list({ item: params.id, state: 'peaks' })
    if (!peaks) throw new Problem((await mine.item.get(params.id)) ? 'peaks_missing' : 'not_found')
    reply.type('application/octet-stream').header('content-length', peaks.size)
    return sealedStream(studio, person, params.id, peaks.object, { start: 0, end: peaks.size, partial: false })
  })

  handle(app, 'GET /api/items/:id/transcript', async ({ person, params }) => {
    const mine = await open(studio, person, params.id)
    const [found] = await mine.transcript.list({ item: params.id })
    if (!found) throw new Problem((await mine.item.get(params.id)) ? 'words_missing' : 'not_found')
    return wordsOf(found)
  })

  handle(app, 'GET /api/items/:id/words', async ({ person, params, query, reply }) => {
    const mine = await open(studio, person, params.id)
    const item = await mine.item.get(params.id)
    if (!item) throw new Problem('not_found')
    const words = await editedWords(mine, params.id)
    if (!words) throw new Problem('words_missing')
    reply.type(WORD_TYPES[query.format]).header('content-disposition', attachment(`${stem(item.name)}.${query.format}`))
    const call = await agreementFor(mine, params.id)
    const notes = [
      ...((await isSynthetic(mine, params.id)) ? [syntheticNote(words.language)] : []),
      ...(call ? agreementLines(call.agreed, call.agreed.locale) : []),
    ]
    // Bytes, so that nothing serialises a JSON file a second time.
    return wordsFile(query.format, words, { title: stem(item.name), made: studio.clock(), notes })
  })

  handle(app, 'GET /api/items/:id/edit', async ({ person, params }) => {
    const mine = await open(studio, person, params.id)
    if (!(await mine.item.get(params.id))) throw new Problem('not_found')
    const [edit] = await mine.edit.list({ item: params.id })
    return edit ? editView(edit) : { revision: 0, segments: null, cuts: [], order: [] }
  })

  handle(
    app,
    'PUT /api/items/:id/edit',
    async ({ person, params, body }) => {
      const mine = await studio.gate.open('edit_media', person, { by: 'self', item: params.id })
      if (!(await mine.item.get(params.id))) throw new Problem('not_found')
      const payload = {
        revision: body.revision + 1,
        cuts: body.cuts,
        ...(body.order.length > 0 ? { order: body.order } : {}),
        ...(body.segments ? { segments: body.segments } : {}),
      }
      // One edit an item, one at a time: two windows cannot both be first.
      return studio.turns.take(`edit ${params.id}`, async () => {
        const [before] = await mine.edit.list({ item: params.id })
        if ((before?.revision ?? 0) !== body.revision) throw new Problem('edit_conflict')
        try {
          if (before) {
            // What is not there any more is taken out, not left as it was.
            const cleared = { segments: undefined, order: undefined, ...payload }
            await mine.edit.change(before.id, cleared, { expect: before.version })
          } else await mine.edit.add(payload, { item: params.id })
        } catch (error) {
          if (error instanceof StaleVersionError) throw new Problem('edit_conflict')
          throw error
        }
        return { revision: payload.revision, segments: body.segments, cuts: body.cuts, order: body.order }
      })
    },
    { bodyLimit: 32 * 1024 * 1024 },
  )
}

function wordsOf({ language, model, duration, complete, segments }: Row<'keep_media', 'transcript'>) {
  return { language, model, duration, complete, segments: segments.map((s) => ({ ...s, words: [...s.words] })) }
}

function editView({ revision, segments, cuts, order }: Row<'keep_media', 'edit'>) {
  return {
    revision,
    segments: segments?.map((s) => ({ ...s, words: [...s.words] })) ?? null,
    cuts: cuts.map(([start, end]): [number, number] => [start, end]),
    order: (order ?? []).map(([start, end]): [number, number] => [start, end]),
  }
}
