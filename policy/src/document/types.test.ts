/** C112, C132, C263, law 1: what the derived types let through, and what does not compile. `tsc` is the judge. */
import { expect, test } from 'vitest'
import {
  type CategoriesOf,
  type KindsOf,
  type LogLine,
  logFault,
  type MakeableKindsOf,
  messageFault,
  type Payload,
  policy,
  type Readable,
  type ReadableObject,
  type RecipientPayload,
  readableFields,
  readOnlyFor,
  recordFault,
  type Word,
} from '../index.ts'

/** Compiles only if both types are the same. */
function same<A, B>(_: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? 'same' : never): void {}

test('a purpose reads the fields whose category it uses, and no other', () => {
  same<keyof Readable<'sign_in', 'account'>, 'handle'>('same')
  same<keyof Readable<'keep_media', 'account'>, never>('same')
  same<KindsOf<'denoise'>, 'item' | 'media' | 'upload' | 'task'>('same')
  same<MakeableKindsOf<'security'>, 'session'>('same')
  same<ReadableObject<'transcribe', 'media'>, 'bytes'>('same')
  same<ReadableObject<'account', 'media'>, never>('same')
  same<Extract<CategoriesOf<'own_rights'>, `user.biometric.${string}` | 'user.device.ip_address'>, never>('same')
  expect(readableFields('sign_in', 'account')).toEqual(['handle'])
  expect(readableFields('keep_media', 'account')).toEqual([])
  expect(readableFields('transcribe', 'media')).toContain('bytes')
  expect(readOnlyFor(policy, 'sign_in', 'account', { handle: 'otter', display_name: 'Ann' })).toEqual({
    handle: 'otter',
  })
})

test('payloads are typed through and through', () => {
  same<Payload<'transcript'>['segments'][number]['words'], Word[]>('same')
  same<Payload<'item'>['media'], 'sound' | 'video'>('same')
  const media: Payload<'media'> = { role: 'original', object: 'o1', size: 5, mime: 'audio/wav' }
  // @ts-expect-error bytes are in the object store, not in the record
  const withBytes: Payload<'media'> = { ...media, bytes: 'x' }
  // @ts-expect-error an undeclared field
  const withFace: Payload<'item'> = { name: 'a', media: 'sound', origin: 'made', face_points: [1] }
  // @ts-expect-error a required field is missing
  const nameless: Payload<'item'> = { media: 'sound', origin: 'made' }
  // @ts-expect-error one of two words only
  const smell: Payload<'item'> = { name: 'a', media: 'smell', origin: 'made' }
  expect(recordFault('media', media)).toBeUndefined()
  expect(recordFault('media', withBytes)).toBe("'bytes' is not object")
  expect(recordFault('item', withFace)).toBe("'face_points' is not declared")
  expect(recordFault('item', nameless)).toBe("'name' is missing")
  expect(recordFault('item', smell)).toBeUndefined()
  expect(recordFault('diary' as 'item', {})).toBe("kind 'diary' is not in the policy")
})

test('a message to a recipient has exactly the declared fields', () => {
  const message: RecipientPayload<'sms_provider'> = { phone_number: '+33612345678', message: '123456 is your code' }
  // @ts-expect-error the provider does not get names
  const more: RecipientPayload<'sms_provider'> = { ...message, display_name: 'Ann' }
  expect(messageFault('sms_provider', message)).toBeUndefined()
  expect(messageFault('sms_provider', more)).toBe("'display_name' is not declared")
  expect(messageFault('sms_provider', { phone_number: 1, message: '' })).toBe("'phone_number' is not text")
  expect(messageFault('buyer' as 'sms_provider', message)).toBe("recipient 'buyer' is not in the policy")
})

test('C35: a line of the log has declared fields only', () => {
  const line: LogLine = { event: 'upload.done', bytes: 5 }
  // @ts-expect-error no address of a person in the log
  const ip: LogLine = { event: 'upload.done', ip: '192.0.2.1' }
  // @ts-expect-error an event is compulsory
  const silent: LogLine = { bytes: 5 }
  expect(logFault(line)).toBeUndefined()
  expect(logFault(ip)).toBe("'ip' is not declared")
  expect(logFault(silent)).toBe("'event' is missing")
  expect(logFault({ event: 'x', bytes: Number.NaN })).toBe("'bytes' is not integer")
  expect(logFault(null)).toBe('not an object')
})
