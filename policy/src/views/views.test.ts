/** C46, C58, C79, C85, C100, C197, C232: the pages' lists follow from the policy and from nothing else. */
import { describe, expect, test } from 'vitest'
import {
  cookieList,
  dataMap,
  functionsWithoutPermission,
  functionsWithoutPurpose,
  LOCALES,
  NO_OPERATOR,
  permissionMatrix,
  policy,
  purposeList,
  recipientList,
  rightsMatrix,
  settingsList,
  textsOf,
} from '../index.ts'

describe.each(LOCALES)('in %s', (locale) => {
  test('the data map has every kind and every field', () => {
    const map = dataMap(policy, locale)
    expect(map.map(({ kind }) => kind)).toEqual(Object.keys(policy.kinds))
    const fields = map.flatMap(({ kind, fields }) => fields.map(({ field }) => `${kind}.${field}`))
    expect(fields).toEqual(
      Object.entries(policy.kinds).flatMap(([kind, k]) => Object.keys(k.fields).map((f) => `${kind}.${f}`)),
    )
    expect(fields).toContain('media.bytes')
    for (const kind of map) {
      // A kind that nobody may look at is a kind that should not be kept.
      expect(kind.purposes.map(({ id }) => id)).toContain('own_rights')
      expect(kind.purposes.length).toBeGreaterThan(1)
      expect(kind.keep).not.toBe('')
    }
  })

  test('C46: denying a permission stops exactly the functions that need it', () => {
    const { permissions, rows } = permissionMatrix(policy, locale)
    for (const { id, needed } of permissions) {
      const stopped = rows.filter(({ needs }) => needs[id]).map((row) => row.function)
      expect(stopped).toEqual(functionsWithoutPermission(policy, id))
      expect(stopped.length > 0).toBe(needed)
    }
    expect(functionsWithoutPermission(policy, 'microphone')).toEqual(['record', 'record_in_background', 'record_call'])
  })

  test('C56: a function needs the permissions that its purposes ask for, and no others', () => {
    for (const { purposes, permissions } of Object.values(policy.functions)) {
      const asked = purposes.flatMap((id) => {
        const purpose = policy.purposes[id]
        return 'permissions' in purpose ? purpose.permissions : []
      })
      expect(new Set<string>(permissions)).toEqual(new Set<string>(asked))
    }
  })

  test('C85: the settings page has every setting, and says what stops', () => {
    const settings = settingsList(policy, locale)
    expect(settings.map(({ id }) => id)).toEqual(Object.keys(policy.settings))
    const stops = Object.fromEntries(settings.map(({ id, stops }) => [id, stops.map((f) => f.id)]))
    expect(stops).toMatchObject({
      microphone: ['record', 'record_in_background', 'record_call'],
      calls: ['record_call', 'import_call'],
      transcribing: ['transcribe'],
      denoising: ['denoise'],
      device: ['tell_devices_apart'],
      background: ['record_in_background'],
      sharing: ['share_item'],
      faces: ['put_face'],
      keep_recordings: [],
    })
    for (const { control, default: initial } of settings) if (control === 'switch') expect(initial).toBe(false)
  })

  test('G9: every purpose that needs consent has a switch, and it is off at first', () => {
    for (const purpose of purposeList(policy, locale)) {
      if (purpose.basis !== 'consent') continue
      const setting = settingsList(policy, locale).find(({ id }) => id === purpose.setting)
      expect(setting?.default).toBe(false)
      expect(setting?.purposes.map(({ id }) => id)).toContain(purpose.id)
    }
  })

  test('C100: the browser list is the registry; all of it is the studio’s own and none of it is for tracking', () => {
    const list = cookieList(policy, locale)
    expect(list.map(({ id }) => id)).toEqual(Object.keys(policy.cookies))
    expect(list.filter(({ store }) => store === 'cookie').map(({ key }) => key)).toEqual(['sotto_session'])
    for (const { need, owner } of list) {
      expect(['necessary', 'functional']).toContain(need)
      expect(owner).toBe('studio')
    }
  })

  test('C197: the matrix of rights has every kept category; what the ledger keeps cannot be corrected', () => {
    const { rights, rows } = rightsMatrix(policy, locale)
    const kept = new Set(
      Object.values(policy.kinds).flatMap(({ fields }) => Object.values(fields).map((f) => f.category)),
    )
    expect(new Set(rows.map(({ category }) => category))).toEqual(kept)
    expect(rights.map(({ id }) => id)).toEqual(Object.keys(policy.rights))
    const cells = (category: string): object | undefined => rows.find((row) => row.category === category)?.cells
    for (const { cells: row } of rows) expect(row).toMatchObject({ access: true, copy: true, erase: true })
    expect(cells('user.privacy_record')).toMatchObject({ correct: false, withdraw: false })
    expect(cells('user.content.recording')).toMatchObject({ correct: true, withdraw: true, object: false })
    expect(cells('user.device.cookie_id')).toMatchObject({ object: true, withdraw: false })
  })

  test('C232: a recipient is active only where the host has set it up', () => {
    expect(recipientList(policy, locale, NO_OPERATOR)).toMatchObject([{ id: 'sms_provider', active: false }])
    const recipients = { sms_provider: { legal_name: 'Text GmbH', country: 'DE' } }
    expect(recipientList(policy, locale, { ...NO_OPERATOR, recipients })).toMatchObject([
      { active: true, legal_name: 'Text GmbH', country: 'DE' },
    ])
  })

  test('no text is empty', () => {
    const empty: string[] = []
    const look = (value: unknown, path: string): void => {
      if (value === '') empty.push(path)
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) look(inner, `${path}.${key}`)
      }
    }
    look(textsOf(locale), locale)
    expect(empty).toEqual([])
  })
})

test('C202: the functions that stop without a purpose are those that name it', () => {
  expect(functionsWithoutPurpose(policy, 'transcribe')).toEqual(['transcribe'])
  expect(functionsWithoutPurpose(policy, 'deliver_code')).toEqual(['sign_in'])
})
