/** The run-time twin of the checks in the types: same faults, same sentences. */
import type { PolicyFault, PolicyFaultCode } from './fault.ts'
import { isKeep } from './keep.ts'
import { faulty, isRecord, SECTIONS } from './structure.ts'
import { isFaceCategory } from './vocabulary.ts'

type Rows = readonly (readonly [string, Readonly<Record<string, unknown>>])[]

function rows(value: unknown): Rows {
  if (!isRecord(value)) return []
  return Object.entries(value).filter((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** Finds every fault of a value that claims to be a policy document. An empty list means that it is one. */
export function checkPolicy(value: unknown): PolicyFault[] {
  if (!isRecord(value)) return [{ code: 'not_a_policy', path: '', message: 'not an object' }]
  const faults: PolicyFault[] = []
  const fault = (code: PolicyFaultCode, path: string, message: string): void => {
    faults.push({ code, path, message })
  }
  checkStructure()
  // A document of the wrong shape is not asked what it means.
  if (faults.length > 0) return faults
  const categories = new Map(rows(value.categories))
  const purposes = new Map(rows(value.purposes))
  const used = new Set<string>()
  for (const purpose of purposes.values()) for (const category of words(purpose.uses)) used.add(category)

  for (const [id, purpose] of purposes) checkPurpose(id, purpose)
  for (const [id, kind] of rows(value.kinds)) checkKind(id, kind)
  for (const [id, recipient] of rows(value.recipients)) checkRecipient(id, recipient)
  for (const [id, field] of rows(value.log)) checkLogField(id, String(field.category))
  checkReferences()
  return faults

  function checkStructure(): void {
    const document = value as Readonly<Record<string, unknown>>
    for (const [section, shape] of Object.entries(SECTIONS)) {
      const given = document[section]
      if (!isRecord(given)) {
        fault('not_a_policy', section, `section '${section}' is missing`)
        continue
      }
      for (const [id, row] of Object.entries(given)) {
        const property = isRecord(row) ? faulty(shape, row) : 'it'
        if (property === undefined) continue
        fault('unknown_word', `${section}.${id}`, `'${property}' of '${id}' in ${section} is not what it may be`)
      }
    }
    for (const name of Object.keys(document)) {
      if (!Object.hasOwn(SECTIONS, name) && !['version', 'effective', 'residency'].includes(name)) {
        fault('not_a_policy', name, `a policy has no section '${name}'`)
      }
    }
    for (const name of ['version', 'effective']) {
      if (typeof document[name] !== 'string' || document[name] === '')
        fault('not_a_policy', name, `a policy has ${name}`)
    }
    const { residency } = document
    const placed = isRecord(residency) && residency.stored === 'where_the_host_runs'
    if (!placed || typeof residency.abroad !== 'boolean') fault('not_a_policy', 'residency', 'a policy has residency')
  }

  function checkPurpose(id: string, purpose: Readonly<Record<string, unknown>>): void {
    const path = `purposes.${id}`
    const uses = words(purpose.uses)
    for (const category of uses) {
      if (!categories.has(category)) {
        fault('undeclared_category', path, `purpose '${id}' uses undeclared category '${category}'`)
      } else if (categories.get(category)?.grade === 4) {
        if (purpose.basis !== 'consent' || purpose.separate !== true) {
          const message = `purpose '${id}' uses sensitive category '${category}': needs basis 'consent' with separate: true`
          fault('no_separate_consent', path, message)
        }
      }
    }
    if (
      purpose.uses === 'every_category' &&
      (words(purpose.by).join() !== 'subject' || purpose.basis !== 'legal_obligation')
    ) {
      // Everything at once is open to the person's own rights and to nothing else.
      fault('unknown_word', path, `purpose '${id}' uses every category: only the subject's own rights may`)
    }
    if (purpose.keep === undefined) fault('no_keep', path, `purpose '${id}' has no keep: say how long`)
    else if (!isKeep(purpose.keep)) {
      const message = `purpose '${id}' has a malformed keep '${String(purpose.keep)}': write an ISO 8601 duration, 'account', 'until_erased', 'request' or 'setting:<id>'`
      fault('malformed_keep', path, message)
    }
  }

  function checkKind(id: string, kind: Readonly<Record<string, unknown>>): void {
    if (kind.keep !== undefined && !isKeep(kind.keep)) {
      fault('malformed_keep', `kinds.${id}`, `kind '${id}' has a malformed keep '${String(kind.keep)}'`)
    }
    for (const [name, field] of rows(kind.fields)) {
      const path = `kinds.${id}.fields.${name}`
      const category = String(field.category)
      if (isFaceCategory(category)) {
        fault(
          'face_category',
          path,
          `kind '${id}': field '${name}' is face geometry '${category}', which no kind may hold`,
        )
      } else if (!categories.has(category)) {
        fault('undeclared_category', path, `kind '${id}': field '${name}' is of undeclared category '${category}'`)
      } else if (categories.get(category)?.collected !== undefined) {
        fault(
          'never_collected',
          path,
          `kind '${id}': field '${name}' is of category '${category}', which is never kept`,
        )
      } else if (!used.has(category)) {
        fault(
          'unused_field',
          path,
          `kind '${id}': no purpose uses '${category}' of field '${name}', so it may not be kept`,
        )
      }
    }
  }

  function checkRecipient(id: string, recipient: Readonly<Record<string, unknown>>): void {
    const path = `recipients.${id}`
    const purpose = String(recipient.purpose)
    const uses = words(purposes.get(purpose)?.uses)
    const gets = words(recipient.gets)
    for (const category of gets) {
      if (isFaceCategory(category)) {
        fault('face_category', path, `recipient '${id}' gets face geometry '${category}', which nobody may receive`)
      } else if (!uses.includes(category)) {
        fault(
          'recipient_gets_more',
          path,
          `recipient '${id}' gets '${category}', which its purpose '${purpose}' does not use`,
        )
      }
    }
    for (const [name, field] of rows(recipient.payload)) {
      const category = String(field.category)
      if (!gets.includes(category)) {
        const message = `recipient '${id}': payload field '${name}' is of category '${category}', which it does not get`
        fault('recipient_gets_more', `${path}.payload.${name}`, message)
      }
    }
    if (recipient.consideration !== 'none') {
      fault('consideration', path, `recipient '${id}': consideration must be 'none'`)
    }
  }

  function checkLogField(id: string, category: string): void {
    const path = `log.${id}`
    if (isFaceCategory(category)) {
      fault('face_category', path, `log field '${id}' is face geometry '${category}', which no log may hold`)
    } else if (!categories.has(category)) {
      fault('undeclared_category', path, `log field '${id}' is of undeclared category '${category}'`)
    } else if (category.startsWith('user.')) {
      fault('personal_in_log', path, `log field '${id}' is of personal category '${category}': the log holds no person`)
    }
  }

  function checkReferences(): void {
    const document = value as Readonly<Record<string, unknown>>
    const keys = (section: string): ReadonlySet<string> => new Set(Object.keys((document[section] ?? {}) as object))
    const refer = (path: string, name: string, section: string): void => {
      if (!keys(section).has(name)) fault('unknown_reference', path, `'${name}' is not in ${section}`)
    }
    for (const [id, kind] of rows(document.kinds)) refer(`kinds.${id}`, String(kind.held_for), 'purposes')
    for (const [id, to] of rows(document.recipients)) refer(`recipients.${id}`, String(to.purpose), 'purposes')
    for (const [id, cookie] of rows(document.cookies)) {
      refer(`cookies.${id}`, String(cookie.purpose), 'purposes')
      refer(`cookies.${id}`, String(cookie.category), 'categories')
    }
    for (const [id, right] of rows(document.rights)) {
      refer(`rights.${id}`, String(right.purpose), 'purposes')
      refer(`rights.${id}`, String(right.deadline), 'deadlines')
    }
    for (const section of ['settings', 'functions']) {
      for (const [id, row] of rows(document[section])) {
        for (const purpose of words(row.purposes)) refer(`${section}.${id}`, purpose, 'purposes')
        for (const permission of words(row.permissions)) refer(`${section}.${id}`, permission, 'permissions')
      }
    }
    for (const [id, purpose] of purposes) {
      if (purpose.setting !== undefined) refer(`purposes.${id}`, String(purpose.setting), 'settings')
      for (const permission of words(purpose.permissions)) refer(`purposes.${id}`, permission, 'permissions')
      const keep = String(purpose.keep)
      if (keep.startsWith('setting:')) refer(`purposes.${id}`, keep.slice('setting:'.length), 'settings')
    }
    for (const [id, table] of rows(document.tables)) {
      for (const [column, category] of Object.entries(table.columns as object)) {
        if (!categories.has(String(category))) {
          const message = `column '${id}.${column}' is of undeclared category '${String(category)}'`
          fault('undeclared_category', `tables.${id}.${column}`, message)
        }
      }
    }
  }
}
