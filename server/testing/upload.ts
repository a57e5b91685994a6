/** For tests: tus, request by request. */
import type { App } from '../src/http/handle.ts'
import type { Visit } from './visit.ts'

/** One request of the protocol. */
export interface Tus {
  readonly method: 'POST' | 'PATCH' | 'HEAD' | 'DELETE'
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly payload?: Buffer
}

/** Sends it as somebody's browser would. */
export function tus(app: App, me: Visit, { method, url = '/api/uploads', headers = {}, payload }: Tus) {
  return app.inject({
    method,
    url,
    headers: {
      host: '127.0.0.1:4170',
      origin: 'http://127.0.0.1:4170',
      'sotto-request': '1',
      'tus-resumable': '1.0.0',
      cookie: me.cookie,
      ...(payload ? { 'content-type': 'application/offset+octet-stream' } : {}),
      ...headers,
    },
    ...(payload ? { payload } : {}),
  })
}

/** Begins an upload of so many bytes; answers its address. */
export async function beginUpload(app: App, me: Visit, length: number, name = 'upload'): Promise<string> {
  const metadata = `name ${Buffer.from(name).toString('base64')}`
  const { headers } = await tus(app, me, {
    method: 'POST',
    headers: { 'upload-length': String(length), 'upload-metadata': metadata },
  })
  return headers.location as string
}

/** Sends bytes at an offset. */
export function sendPart(app: App, me: Visit, url: string, offset: number, payload: Buffer) {
  return tus(app, me, { method: 'PATCH', url, payload, headers: { 'upload-offset': String(offset) } })
}

/** How much of an upload is acknowledged. */
export async function offsetOf(app: App, me: Visit, url: string): Promise<number> {
  return Number((await tus(app, me, { method: 'HEAD', url })).headers['upload-offset'])
}
