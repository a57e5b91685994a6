/** Sends an archive to the studio, as it lies on the device, and says how far it is: `fetch` cannot tell that of a body. */
import { ProblemError } from '@sotto/server/client'
import type { Answer } from '../api/api.ts'
import { currentLocale } from '../text/text.tsx'

/** What came in, and what did not. */
export type Imported = Answer<'POST /api/privacy/import'>

/** `progress` gets bytes sent and bytes in all. @throws ProblemError; TypeError where there is no connection; AbortError */
export function sendArchive(
  file: Blob,
  progress: (sent: number, all: number) => void,
  signal: AbortSignal,
): Promise<Imported> {
  const request = new XMLHttpRequest()
  const { promise, resolve, reject } = Promise.withResolvers<Imported>()
  request.open('POST', '/api/privacy/import')
  request.setRequestHeader('content-type', 'application/x-tar')
  request.setRequestHeader('sotto-request', '1')
  request.setRequestHeader('accept-language', currentLocale())
  request.responseType = 'json'
  request.upload.onprogress = ({ loaded, total }) => progress(loaded, total)
  request.onload = () => {
    if (request.status === 200) resolve(request.response as Imported)
    else if (request.response?.code) reject(new ProblemError(request.response))
    else reject(new Error('unreachable'))
  }
  request.onerror = () => reject(new TypeError('no connection'))
  request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  request.send(file)
  return promise
}
