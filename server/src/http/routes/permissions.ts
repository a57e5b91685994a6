/** Purposes and permissions as they stand, and telling devices apart (C79, C81, C85, C201, C202). */
import { type Locale, permissionsOf, policy, purposesOf, switchOf } from '@sotto/policy'
import { devicesOf, forgetDevice, keepDevice } from '../../account/devices.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'

/** Purposes, permissions, devices. */
export function permissionRoutes(app: App, studio: Studio): void {
  const { config, consents } = studio

  handle(app, 'GET /api/purposes', async ({ query }) => purposesOf(policy, query.locale, config.operator))

  handle(app, 'GET /api/permissions', async ({ person, query }) => {
    const standing = new Map((await consents.list(person)).map((one) => [one.setting, one.on]))
    const permissions = permissionsOf(policy, query.locale as Locale).map((one) => {
      const setting = switchOf(policy, one.id)
      return { ...one, setting, on: setting !== null && standing.get(setting) === true }
    })
    return { permissions, stripped: app.stripped.count }
  })

  handle(app, 'GET /api/devices', ({ person }) => devicesOf(studio, person))

  handle(app, 'PUT /api/devices/:install', async ({ person, params, body, request }) => {
    await keepDevice(studio, person, {
      install: params.install,
      agent: request.headers['user-agent'],
      replaces: body.replaces,
    })
    return devicesOf(studio, person)
  })

  handle(app, 'DELETE /api/devices/:install', async ({ person, params }) => {
    await forgetDevice(studio, person, params.install)
    return devicesOf(studio, person)
  })
}
