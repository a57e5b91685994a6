/**
 * The browser's own small database (`sotto_keys` in the policy's list): the non-extractable keys that seal what waits
 * on this device, and where interrupted uploads go on. Usable in the page, a worker and the service worker.
 */

/** `keys`: one CryptoKey a recording; `uploads`: addresses to resume at. */
export type DeviceStore = 'keys' | 'uploads'

let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('sotto_keys', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('keys')
      request.result.createObjectStore('uploads')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => {
      opened = null
      reject(request.error)
    }
  })
  return opened
}

async function run<T>(
  store: DeviceStore,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  return new Promise((resolve, reject) => {
    // strict: a key must be on disk before the first chunk sealed with it is called kept
    const transaction = database.transaction(store, mode, { durability: 'strict' })
    const request = act(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
}

/** Reading and writing of the two stores. Every promise settles after the transaction is durable. */
export const devices = {
  async get<T>(store: DeviceStore, key: string): Promise<T | undefined> {
    return (await run(store, 'readonly', (s) => s.get(key))) as T | undefined
  },
  async all<T>(store: DeviceStore): Promise<T[]> {
    return (await run(store, 'readonly', (s) => s.getAll())) as T[]
  },
  async put(store: DeviceStore, key: string, value: unknown): Promise<void> {
    await run(store, 'readwrite', (s) => s.put(value, key))
  },
  async remove(store: DeviceStore, key: string): Promise<void> {
    await run(store, 'readwrite', (s) => s.delete(key))
  },
  async clear(store: DeviceStore): Promise<void> {
    await run(store, 'readwrite', (s) => s.clear())
  },
}
