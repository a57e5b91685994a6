/** Somebody with a browser, over the network: calls of the contract's routes and resumable uploads (tus 1.0). */
import type { RouteName } from '../../server/src/contract/contract.ts'

/** What was answered. */
export interface Answered {
  readonly status: number
  /** Parsed where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any route
  readonly body: any
  readonly bytes: Buffer
  readonly headers: Headers
}

/** What a call takes. */
export interface Asked {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** A call was cut off: nobody can say whether it was done. */
export class CutOffError extends Error {
  override name = 'CutOffError'
}

/** Somebody, wherever the studio listens now. */
export class Person {
  address: string
  cookie = ''
  agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'

  constructor(address: string) {
    this.address = address
  }

  /** Calls a route by its contract name. @throws CutOffError */
  call(route: RouteName, { params = {}, query, body, headers = {} }: Asked = {}): Promise<Answered> {
    const [method = 'GET', template = ''] = route.split(' ')
    const path = template.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')
    const search = query ? `?${new URLSearchParams(query)}` : ''
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const given = { ...json, ...headers }
    return this.send(method, `${path}${search}`, given, body === undefined ? undefined : JSON.stringify(body))
  }

  /** The same, and what was answered when it was done. @throws Error where it was not */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any route
  async done(route: RouteName, asked: Asked = {}): Promise<any> {
    const { status, body } = await this.call(route, asked)
    if (status >= 300) throw new Error(`${route}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Reads the notice and begins as a guest. */
  async begin(): Promise<void> {
    await this.done('POST /api/session/guest', { body: { notice: await this.notice() } })
  }

  /** Asks for a code and enters it. */
  async signIn(number: string, merge = true): Promise<Answered> {
    const { challenge, code } = await this.done('POST /api/session/code', {
      body: { number, notice: await this.notice() },
    })
    return this.call('POST /api/session/verify', { body: { challenge, code, merge } })
  }

  async notice(): Promise<{ version: string; hash: string; locale: 'en' }> {
    const { version, hash } = await this.done('GET /api/notice', { query: { format: 'json', locale: 'en' } })
    return { version, hash, locale: 'en' }
  }

  /** Begins an upload and answers its address; the item it will be is in `item`. */
  async beginUpload(
    size: number,
    metadata: Record<string, string>,
  ): Promise<{ status: number; upload: string; item: string }> {
    const encoded = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    const { status, headers } = await this.send('POST', '/api/uploads', {
      'tus-resumable': '1.0.0',
      'upload-length': String(size),
      'upload-metadata': encoded.join(','),
    })
    const upload = headers.get('location')?.split('/').at(-1) ?? ''
    return { status, upload, item: headers.get('sotto-item') ?? '' }
  }

  /** Sends a piece from `offset`; answers the offset that was acknowledged. */
  async sendPiece(upload: string, offset: number, piece: Uint8Array): Promise<{ status: number; offset: number }> {
    const { status, headers } = await this.send(
      'PATCH',
      `/api/uploads/${upload}`,
      {
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      piece,
    )
    return { status, offset: Number(headers.get('upload-offset') ?? Number.NaN) }
  }

  /** How far an upload is. */
  async offsetOf(upload: string): Promise<{ status: number; offset: number; item: string }> {
    const { status, headers } = await this.send('HEAD', `/api/uploads/${upload}`, { 'tus-resumable': '1.0.0' })
    return {
      status,
      offset: Number(headers.get('upload-offset') ?? Number.NaN),
      item: headers.get('sotto-item') ?? '',
    }
  }

  /** Uploads all of it at once and answers the item. @throws Error */
  async upload(bytes: Uint8Array, metadata: Record<string, string>): Promise<string> {
    const { upload } = await this.beginUpload(bytes.length, metadata)
    for (let at = 0; at < bytes.length; ) {
      const { status, offset } = await this.sendPiece(upload, at, bytes.subarray(at))
      if (status !== 204 || offset <= at) throw new Error(`the upload stands still at ${at}: ${status}`)
      at = offset
    }
    return (await this.offsetOf(upload)).item
  }

  /** Sends anything. @throws CutOffError */
  async send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Uint8Array,
  ): Promise<Answered> {
    const changing = method !== 'GET' && method !== 'HEAD'
    try {
      const answer = await fetch(this.address + path, {
        method,
        headers: {
          'user-agent': this.agent,
          ...(changing ? { 'sotto-request': '1', origin: this.address } : {}),
          ...(this.cookie ? { cookie: this.cookie } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body as BodyInit }),
      })
      const bytes = Buffer.from(await answer.arrayBuffer())
      const set = answer.headers.get('set-cookie')
      if (set !== null) this.cookie = /=;|Max-Age=0/.test(set) ? '' : (set.split(';', 1)[0] ?? '')
      const json = (answer.headers.get('content-type') ?? '').includes('json')
      const parsed: unknown = json && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined
      return { status: answer.status, headers: answer.headers, bytes, body: parsed }
    } catch (cause) {
      throw new CutOffError(`${method} ${path} was cut off`, { cause })
    }
  }
}
