/** The device's own contact picker (W3C Contact Picker API): one name, chosen by the person, and nothing else (C84). */
interface ContactsManager {
  select(properties: readonly ['name'], options: { readonly multiple: false }): Promise<{ readonly name?: string[] }[]>
}

const contacts = (navigator as { readonly contacts?: ContactsManager }).contacts

/** Whether this browser has one; Chromium on Android does. */
export function canPickContacts(): boolean {
  return contacts !== undefined
}

/** The name that was chosen; undefined where none was. */
export async function pickContact(): Promise<string | undefined> {
  const chosen = await contacts?.select(['name'], { multiple: false }).catch(() => [])
  return chosen?.[0]?.name?.[0]?.slice(0, 100)
}
