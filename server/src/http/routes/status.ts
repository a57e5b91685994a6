/** What this studio can do: told to anyone, from its settings and from what is installed. */
import { codesOf } from '../../account/code-desk.ts'
import type { AccountParts } from '../../account/parts.ts'
import type { Capabilities } from '../../capabilities.ts'
import type { Config } from '../../config.ts'
import type { WindDown } from '../../wind-down/wind-down.ts'
import { type App, handle } from '../handle.ts'
import type { Notices } from '../notices.ts'

/** What the status is made of. */
export interface StatusParts {
  readonly config: Config
  readonly version: string
  readonly notices: Notices
  readonly accounts: Pick<AccountParts, 'sendCode'>
  readonly windDown: WindDown
  readonly capabilities: () => Promise<Capabilities>
}

/** What the studio is. */
export function statusRoutes(
  app: App,
  { config, version, notices, accounts, windDown, capabilities }: StatusParts,
): void {
  handle(app, 'GET /api/status', async ({ locale, passage, request }) => {
    const { version: policy, hash } = notices.of(locale)
    return {
      version,
      policy: { version: policy, hash },
      guests: config.guests,
      codes: codesOf(accounts, passage.nearby),
      loopback: config.loopback,
      service: serviceOf(windDown),
      gpc: request.headers['sec-gpc'] === '1',
      ...(await capabilities()),
      upload_limit: config.uploadLimit,
    }
  })
}

function serviceOf({ state }: WindDown): { state: 'serving' | 'announced' | 'ended'; end: string | null } {
  return { state: state.state, end: state.state === 'serving' ? null : state.end.toISOString() }
}
