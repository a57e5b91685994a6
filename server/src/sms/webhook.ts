/**
 * The SMS provider behind a webhook: one POST of JSON for each message, signed with a shared secret over time and body, so
 * that the receiver can refuse forged and old ones. It goes through the gate's `send` and nowhere else.
 */
import { createHmac } from 'node:crypto'
import type { RecipientPayload } from '@sotto/policy'
import { Problem } from '../problem.ts'

const WAIT_MS = 10_000

/** The signature header of a body handed over at `time` (seconds). */
export function signature(secret: string, time: number, body: string): string {
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`
}

/** A way to send messages. */
export type SmsPort = (payload: RecipientPayload<'sms_provider'>) => Promise<void>

/** Hands messages to the host's webhook. @throws Problem `sms_failed` where it does not take one within 10 s */
export function smsWebhook(to: { readonly url: string; readonly secret: string }, now: () => Date): SmsPort {
  return async ({ phone_number, message }) => {
    const body = JSON.stringify({ phone_number, message })
    const time = Math.floor(now().getTime() / 1000)
    let taken = false
    try {
      const answer = await fetch(to.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sotto-signature': signature(to.secret, time, body) },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(WAIT_MS),
      })
      taken = answer.ok
      await answer.body?.cancel()
    } catch {
      // What went wrong on the way is the host's to find out at the receiver; its words may hold the number.
    }
    if (!taken) throw new Problem('sms_failed')
  }
}
