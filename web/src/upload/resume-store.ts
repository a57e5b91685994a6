/**
 * Where an interrupted upload goes on: tus's memory of upload addresses, in IndexedDB. tus's own keeps the file's
 * name in clear in localStorage; here the fingerprint is hashed and no name is kept.
 */
import type { PreviousUpload, UrlStorage } from 'tus-js-client'
import { devices } from '../record/device-database.ts'

interface Row {
  readonly print: string
  readonly url: string
  readonly size: number | null
  readonly at: string
}

async function hashed(fingerprint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fingerprint))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function previous(row: Row): PreviousUpload {
  return {
    size: row.size,
    metadata: {},
    creationTime: row.at,
    urlStorageKey: row.print,
    uploadUrl: row.url,
    parallelUploadUrls: null,
  }
}

/** For tus's `urlStorage` option. */
export const resumeStore: UrlStorage = {
  async findAllUploads() {
    return (await devices.all<Row>('uploads')).map(previous)
  },
  async findUploadsByFingerprint(fingerprint) {
    const row = await devices.get<Row>('uploads', await hashed(fingerprint))
    return row ? [previous(row)] : []
  },
  async removeUpload(key) {
    await devices.remove('uploads', key)
  },
  async addUpload(fingerprint, upload) {
    const print = await hashed(fingerprint)
    if (upload.uploadUrl)
      await devices.put('uploads', print, { print, url: upload.uploadUrl, size: upload.size, at: upload.creationTime })
    return print
  },
}
