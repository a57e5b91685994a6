/** Routes of purposes and permissions: what the studio may do, what the device was asked for, and telling devices apart. */
import { z } from 'zod'
import { route } from './route.ts'
import { Id, Locale } from './shapes.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** A purpose, whole, in a language (C79, C202): what it is for, on which ground, with what, until when, for whom. */
export const PurposeShown = Named.extend({
  why: z.string(),
  basis: z.string(),
  basis_name: z.string(),
  citation: z.string().nullable(),
  categories: z.array(Named.extend({ grade: z.int() })),
  keep: z.string(),
  recipients: z.array(z.object({ name: z.string(), country: z.string(), gets: z.array(Named) })),
  permissions: z.array(Named),
  /** Functions that stop without it. */
  stops: z.array(Named),
  without: z.string(),
  /** The switch that turns it off; null where the ground is no consent. */
  setting: z.string().nullable(),
})

/** One permission as it stands here (C85): the switch that the server goes by. */
export const PermissionState = Named.extend({
  what: z.string(),
  /** False: this studio never asks for it. */
  needed: z.boolean(),
  setting: z.string().nullable(),
  on: z.boolean(),
  purposes: z.array(Named),
  functions: z.array(Named),
})

/** A browser the person told the studio to tell apart. */
export const Device = z.object({ install: Id, name: z.string().nullable(), since: z.iso.datetime() })

const locale = z.object({ locale: Locale.default('en') })

/** Routes of purposes and permissions. */
export const permissionRoutes = {
  'GET /api/purposes': route({
    caller: 'anyone',
    summary: 'Every purpose: ground, data, time, recipients, and what stops without it',
    query: locale,
    answer: z.array(PurposeShown),
  }),
  'GET /api/permissions': route({
    caller: 'person',
    summary: 'The permissions of my device as they stand here',
    query: locale,
    answer: z.object({
      permissions: z.array(PermissionState),
      /** Hardware identifiers that clients sent and that were taken out, since the start. */
      stripped: z.int(),
    }),
  }),
  'GET /api/devices': route({ caller: 'person', summary: 'My devices', answer: z.array(Device) }),
  'PUT /api/devices/:install': route({
    caller: 'person',
    summary: 'Tell this device apart by a random number; `replaces` is the one it had before',
    params: z.object({ install: Id }),
    body: z.object({ replaces: Id.optional() }),
    answer: z.array(Device),
  }),
  'DELETE /api/devices/:install': route({
    caller: 'person',
    summary: 'Forget a device',
    params: z.object({ install: Id }),
    answer: z.array(Device),
  }),
} as const
