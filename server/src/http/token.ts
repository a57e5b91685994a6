/** The session token: how it travels. What is kept of it is its hash alone (see `account/session.ts`). */
import { policy } from '@sotto/policy'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The one cookie of the studio, as the policy declares it (C100, C103). */
export const SESSION_COOKIE = policy.cookies.session.name
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The token a request carries: `Authorization: Bearer` (terminal) or the cookie (browser). Anything malformed is none. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[SESSION_COOKIE]
  return token !== undefined && TOKEN.test(token) ? token : undefined
}

/** Hands the browser its token. `secure` = people come by HTTPS. */
export function setToken(reply: FastifyReply, token: string, secure: boolean, maxAge: number): void {
  reply.setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge })
}

/** Takes the token back from the browser. */
export function clearToken(reply: FastifyReply, secure: boolean): void {
  reply.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'lax', path: '/', secure })
}
