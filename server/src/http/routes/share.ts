/** Routes of links: for whoever makes them, and for whoever has one. */
import type { Transcript } from '@sotto/media/words'
import type { z } from 'zod'
import { agentOf } from '../../account/agent.ts'
import { backoff, limiter, networkOf } from '../../account/limits.ts'
import type * as shapes from '../../contract/share.ts'
import { isSynthetic } from '../../items/ancestry.ts'
import { extensionOf } from '../../items/mime.ts'
import { editedWords } from '../../items/words.ts'
import { Problem } from '../../problem.ts'
import {
  endShare,
  fetchesOf,
  findShare,
  makeShare,
  type Opened,
  openShare,
  passFits,
  type Share,
  type ShareParts,
  SharePasswordError,
  sharesOf,
  warningOf,
} from '../../share/shares.ts'
import type { Studio } from '../../studio.ts'
import { attachment, stem } from '../file-name.ts'
import { type App, handle } from '../handle.ts'
import { rangeOf } from '../range.ts'
import { sealedStream } from '../sealed-stream.ts'
import { WORD_TYPES } from '../word-types.ts'
import { syntheticNote, wordsFile } from '../words-file.ts'

/** Openings of links from one network, and passwords tried on one link from wherever. */
const OPENINGS = [{ most: 120, within: 600_000 }]
const PASSWORDS = [
  { most: 30, within: 600_000 },
  { most: 200, within: 24 * 3_600_000 },
]

/** Links. */
export function shareRoutes(app: App, studio: Studio): void {
  const { db, gate, ledger, clock } = studio
  const parts: ShareParts = { db, gate, ledger, signing: studio.host.hashing, now: clock }
  const openings = limiter(OPENINGS, clock)
  const passwords = limiter(PASSWORDS, clock)
  const guesses = backoff(clock)

  function within(wait: number | undefined): void {
    if (wait !== undefined) throw new Problem('try_later', { retryAfter: wait })
  }

  async function namesOf(person: string): Promise<ReadonlyMap<string, string>> {
    const mine = await gate.open('own_rights', person, { by: 'self' })
    return new Map((await mine.item.list()).map(({ id, name }) => [id, name]))
  }

  handle(app, 'GET /api/items/:id/share', async ({ person, params }) => {
    const { words, sound } = await warningOf(gate, person, params.id)
    return { words: [...words], sound: [...sound] }
  })

  handle(app, 'POST /api/items/:id/shares', async ({ person, params, body }) => {
    const share = await makeShare(parts, person, params.id, body)
    return shareView(share, await namesOf(person), [])
  })

  handle(app, 'GET /api/shares', async ({ person }) => {
    const shares = await sharesOf(parts, person)
    if (shares.length === 0) return []
    const fetches = await fetchesOf(parts, person)
    const names = await namesOf(person)
    return shares.map((share) =>
      shareView(
        share,
        names,
        fetches.filter((fetch) => fetch.share === share.id).map(({ at }) => at),
      ),
    )
  })

  handle(app, 'GET /api/shares/:id/fetches', async ({ person, params }) => {
    const mine = await gate.open('own_rights', person, { by: 'self' })
    if (!(await mine.share.get(params.id))) throw new Problem('not_found')
    return (await fetchesOf(parts, person, params.id)).map(({ at, what, mode, agent }) => ({
      at: at.toISOString(),
      what: [...what],
      mode: mode as 'view' | 'download',
      agent: agent ?? null,
    }))
  })

  handle(app, 'DELETE /api/shares/:id', ({ person, params }) => endShare(parts, person, params.id))

  handle(app, 'POST /api/shared/:token', async ({ params, body, passage, request }) => {
    const network = networkOf(passage.address)
    within(openings.take(network))
    const opened = await findShare(parts, params.token)
    if (opened.password_hash !== undefined) {
      if (body.password === undefined) throw new SharePasswordError('needed')
      // Each link has one door for everybody and one for each network: a password of few letters is not tried out.
      within(passwords.take(opened.id))
      within(guesses.begin(`${opened.id} ${network}`))
    }
    const pass = await openShare(parts, opened, {
      password: body.password,
      agent: agentOf(request.headers['user-agent']),
    })
    guesses.clear(`${opened.id} ${network}`)
    const item = await opened.grant.item.get(opened.item)
    const words = opened.what.includes('words') ? await editedWords(opened.grant, opened.item) : undefined
    if (!item) throw new Problem('share_gone')
    return {
      name: item.name,
      media: item.media,
      mode: opened.mode,
      what: [...opened.what],
      duration: item.info?.duration ?? null,
      language: words?.language ?? null,
      segments: words ? words.segments.map((s) => ({ ...s, words: [...s.words] })) : null,
      expires_at: opened.expires_at?.toISOString() ?? null,
      pass,
    }
  })

  handle(app, 'GET /api/shared/:token/media', async ({ params, query, request, reply }) => {
    const opened = await passed(parts, params.token, query.pass)
    if (!opened.what.includes('sound')) throw new Problem('share_gone')
    const [media] = await opened.grant.media.list({ item: opened.item, state: 'live' })
    const item = await opened.grant.item.get(opened.item)
    if (!media || !item) throw new Problem('share_gone')
    const range = rangeOf(request.headers.range, media.size)
    reply.header('accept-ranges', 'bytes').type(media.mime).header('x-robots-tag', 'noindex, nofollow')
    if (query.download !== undefined && opened.mode === 'download')
      reply.header('content-disposition', attachment(`${stem(item.name)}.${extensionOf(media.mime)}`))
    reply.header('content-length', range.end - range.start)
    if (range.partial) reply.code(206).header('content-range', `bytes ${range.start}-${range.end - 1}/${media.size}`)
    return request.method === 'HEAD' ? '' : sealedStream(studio, opened.person, opened.item, media.object, range)
  })

  handle(app, 'GET /api/shared/:token/words', async ({ params, query, reply }) => {
    const opened = await passed(parts, params.token, query.pass)
    const words: Transcript | undefined = opened.what.includes('words')
      ? await editedWords(opened.grant, opened.item)
      : undefined
    const item = await opened.grant.item.get(opened.item)
    if (!words || !item || opened.mode !== 'download') throw new Problem('share_gone')
    reply.type(WORD_TYPES[query.format]).header('content-disposition', attachment(`${stem(item.name)}.${query.format}`))
    // What others are called who were recorded is not for whoever has the link; that nobody spoke is.
    const notes = (await isSynthetic(opened.grant, opened.item)) ? [syntheticNote(words.language)] : []
    return wordsFile(query.format, words, { title: stem(item.name), made: clock(), notes })
  })
}

/** The link behind a pass that is still good. @throws ShareGoneError */
async function passed(parts: ShareParts, token: string, pass: string): Promise<Opened> {
  const opened = await findShare(parts, token)
  if (!passFits(parts, opened.id, pass)) throw new Problem('share_gone')
  return opened
}

function shareView(
  share: Share,
  names: ReadonlyMap<string, string>,
  opened: readonly Date[],
): z.output<typeof shapes.ShareView> {
  const { made_at, expires_at, what, ...rest } = share
  return {
    ...rest,
    what: [...what],
    name: names.get(share.item) ?? '',
    made_at: made_at.toISOString(),
    expires_at: expires_at?.toISOString() ?? null,
    opened: opened.length,
    last_opened_at: opened[0]?.toISOString() ?? null,
  }
}
