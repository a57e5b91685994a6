/** The one client of the page, speaking the page's language, and the shapes it answers with. */
import { type Answer, client } from '@sotto/server/client'

export type { Answer }

import { currentLocale } from '../text/text.tsx'

/** Calls to the server this page came from. */
export const api = client({ locale: currentLocale })

/** What the studio is and can do. */
export type Status = Answer<'GET /api/status'>
/** Who one is here. */
export type Me = Answer<'GET /api/me'>
/** A recording or result. */
export type Item = Answer<'GET /api/items/:id'>
/** Work on an item. */
export type Job = Item['jobs'][number]
/** The words as recognised. */
export type Transcript = Answer<'GET /api/items/:id/transcript'>
/** A stretch of speech. */
export type Segment = Transcript['segments'][number]
/** An edit of the words. */
export type Edit = Answer<'GET /api/items/:id/edit'>
/** A published version of the notice. */
export type PolicyVersion = Answer<'GET /api/policy/versions'>[number]
/** What one has read of the notice, and what has changed since. */
export type Reading = Answer<'GET /api/policy/reading'>
/** What the other side of a call agreed to. */
export type CallAgreement = Omit<Answer<'GET /api/items/:id/agreement'>, 'item'>
/** A switch of Privacy Settings. */
export type Switch = Answer<'GET /api/consents'>[number]
/** What an erasure destroyed. */
export type Certificate = Answer<'DELETE /api/items/:id'>
/** A link of one's own. */
export type Share = Answer<'GET /api/shares'>[number]
/** How one's account stands. */
export type Standing = Answer<'GET /api/privacy/standing'>
/** A decision of the program about oneself. */
export type Decision = Answer<'GET /api/privacy/decisions'>[number]
/** One opening of one's data. */
export type Opening = Answer<'GET /api/privacy/openings'>[number]
/** One place where one is signed in. */
export type SessionRow = Answer<'GET /api/sessions'>[number]
