/**
 * The doors: what a request must look like before anything of it is read.
 *
 * - Every route answers only to the studio's own names, so that a foreign name pointed at this machine (DNS rebinding)
 *   reaches nothing.
 * - A request that changes something must come from our own page or from a program, never from another site's page:
 *   a header no form can send, the right `Origin`, and `Sec-Fetch-Site: same-origin` where a browser says it
 *   (OWASP CSRF cheat sheet; W3C Fetch Metadata). Sites on another port of the same machine are foreign too.
 * - Forwarding headers are believed only where the host said that a proxy stands in front.
 */
import { X509Certificate } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'
import { isLoopbackAddress, isLoopbackName } from './loopback.ts'

/** What the doors look at. */
export interface Arrival {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The socket's other end. */
  readonly remoteAddress: string | undefined
  readonly encrypted: boolean
}

/** What is known of a request that came through. */
export interface Passage {
  /** Scheme, host and port that the person's browser shows. */
  readonly origin: string
  /** They come by HTTPS (here or to the proxy in front): cookies are then for HTTPS alone. */
  readonly https: boolean
  /** Where the person's connection comes from; used for limits alone, and kept nowhere. */
  readonly address: string
  /**
   * The page asking is on this very machine: loopback socket, Host and Origin, and no sign of a proxy (which would
   * make everyone look local). Only here may a one-time code be put into the answer (DESIGN section 6).
   */
  readonly onThisMachine: boolean
  /** The same, as far as it can be told of a request that only reads (browsers send it without Origin). */
  readonly nearby: boolean
  /** A program on this very machine, with no proxy between and no page behind it, however the studio is served. */
  readonly direct: boolean
}

/** The part of the settings that the doors go by. */
export type DoorRules = Pick<Config, 'origin' | 'trustProxy' | 'loopback' | 'host'> & {
  readonly tls?: { readonly cert: string } | undefined
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const FORWARDING =
  /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-host|true-client-ip|cf-connecting-ip|x-envoy-.*)$/
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?$/

/** Makes the doors of a studio: a function that lets a request pass or throws the `Problem` it is refused with. */
export function doors(rules: DoorRules): (arrival: Arrival) => Passage {
  const certificate = rules.tls ? new X509Certificate(rules.tls.cert) : undefined
  const own = rules.origin ? new URL(rules.origin) : undefined

  const isOurs = (authority: string, name: string, local: boolean): boolean => {
    if (own && authority === own.host) return true
    if (isLoopbackName(name)) return local
    if (rules.trustProxy || !certificate) return false
    const bare = name.replace(/^\[|\]$/g, '')
    return Boolean(isIP(bare) ? certificate.checkIP(bare) : certificate.checkHost(bare))
  }

  return ({ method, path, headers, remoteAddress, encrypted }) => {
    const local = isLoopbackAddress(remoteAddress)
    const forwarded = Object.keys(headers).some((name) => FORWARDING.test(name))
    const authority = (
      (rules.trustProxy ? last(headers['x-forwarded-host']) : undefined) ??
      headers.host ??
      ''
    ).toLowerCase()
    const name = HOST.exec(authority)?.[1]
    if (name === undefined || !isOurs(authority, name, local)) throw new Problem('host_not_allowed')

    const origin = own && authority === own.host ? own.origin : `${encrypted ? 'https' : 'http'}://${authority}`
    const from = headers.origin?.toLowerCase()
    const site = headers['sec-fetch-site']
    if (SAFE.has(method)) {
      // A foreign page may link here, but may not read or embed what the interface answers.
      const follows = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
      if (path.startsWith('/api/') && (site === 'cross-site' || site === 'same-site') && !follows)
        throw new Problem('foreign_origin')
    } else {
      if (from !== undefined && from !== sameOrigin(origin)) throw new Problem('foreign_origin')
      if (site !== undefined && site !== 'same-origin') throw new Problem('foreign_origin')
      if (headers['sotto-request'] === undefined && headers['tus-resumable'] === undefined)
        throw new Problem('request_header_missing')
    }
    const unproxied = local && !forwarded && isLoopbackName(name)
    const nearby = rules.loopback && unproxied
    return {
      origin,
      https: origin.startsWith('https:'),
      address: (rules.trustProxy ? last(headers['x-forwarded-for']) : undefined) ?? remoteAddress ?? '',
      onThisMachine: nearby && from !== undefined && from === sameOrigin(origin),
      nearby,
      direct: unproxied && from === undefined && site === undefined,
    }
  }
}

/** The origin as a browser writes it: without the scheme's own port. */
function sameOrigin(origin: string): string {
  return new URL(origin).origin
}

/** The value that the nearest proxy added: the last of a list. */
function last(header: string | string[] | undefined): string | undefined {
  const words = (Array.isArray(header) ? header.join(',') : header)?.split(',')
  return words?.at(-1)?.trim() || undefined
}
