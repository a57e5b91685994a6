/** The one client of the page, speaking the page's language, and the shapes it answers with. */
import { type Answer, client } from '@sotto/server/client'
import { currentLocale } from '../text/text.tsx'

/** Calls to the server this page came from. */
export const api = client({ locale: currentLocale })

export type Status = Answer<'GET /api/status'>
export type Me = Answer<'GET /api/me'>
export type Item = Answer<'GET /api/items/:id'>
export type Job = Item['jobs'][number]
export type Transcript = Answer<'GET /api/items/:id/transcript'>
export type Segment = Transcript['segments'][number]
export type Edit = Answer<'GET /api/items/:id/edit'>
export type Switch = Answer<'GET /api/consents'>[number]
export type Certificate = Answer<'DELETE /api/items/:id'>
export type Opening = Answer<'GET /api/privacy/openings'>[number]
export type SessionRow = Answer<'GET /api/sessions'>[number]
