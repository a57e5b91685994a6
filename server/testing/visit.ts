/** For tests: somebody with a browser, calling routes of an application by their contract name and keeping cookies. */
import type { RouteName } from '../src/contract/contract.ts'
import type { App } from '../src/http/handle.ts'

export interface Said {
  readonly status: number
  /** Parsed where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any route
  readonly body: any
  readonly text: string
  readonly raw: Buffer
  readonly headers: Record<string, string | string[] | number | undefined>
}

export interface Asked {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly remoteAddress?: string
}

export interface Visit {
  call(route: RouteName, asked?: Asked): Promise<Said>
  /** The cookie as it is sent; empty before there is one. */
  cookie: string
}

/** A browser on this machine, with the studio's page open. */
export function visit(app: App, origin = 'http://127.0.0.1:4170'): Visit {
  const me: Visit = {
    cookie: '',
    async call(route, { params = {}, query, body, headers = {}, remoteAddress = '127.0.0.1' } = {}) {
      const [method = 'GET', template = ''] = route.split(' ')
      const url = template.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')
      const answer = await app.inject({
        method: method as 'GET',
        url,
        remoteAddress,
        ...(query ? { query } : {}),
        headers: {
          host: new URL(origin).host,
          ...(method === 'GET' ? {} : { origin, 'sotto-request': '1', 'sec-fetch-site': 'same-origin' }),
          ...(me.cookie ? { cookie: me.cookie } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const set = answer.headers['set-cookie']
      if (typeof set === 'string') me.cookie = /=;|Max-Age=0/.test(set) ? '' : (set.split(';', 1)[0] ?? '')
      const json = String(answer.headers['content-type'] ?? '').includes('json')
      return {
        status: answer.statusCode,
        body: json ? answer.json() : undefined,
        text: answer.body,
        raw: answer.rawPayload,
        headers: answer.headers,
      }
    },
  }
  return me
}

/** A clock that stands still until it is told to go on. */
export function stoppedClock(start = new Date()): { now: () => Date; goOn(ms: number): void } {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    goOn: (ms) => {
      at += ms
    },
  }
}
