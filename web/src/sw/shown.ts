const name = 'qp-notices'
const kept = 200

function open(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('shown', { autoIncrement: true }).createIndex('id', 'id', {
        unique: true,
      })
      request.result.createObjectStore('kept')
    }
    request.onsuccess = () => {
      // A wipe must not wait for this connection.
      request.result.onversionchange = () => request.result.close()
      done(request.result)
    }
    request.onerror = () => failed(request.error)
  })
}

const outcome = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })

async function inStore<T>(
  store: 'shown' | 'kept',
  work: (drawer: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const db = await open()
  try {
    return await work(db.transaction(store, 'readwrite').objectStore(store))
  } finally {
    db.close()
  }
}

/** True the first time only: what is delivered twice is shown once. Two at the same moment are told apart by the store. */
export async function isFirst(id: string): Promise<boolean> {
  try {
    return await inStore('shown', async (drawer) => {
      await outcome(drawer.add({ id }))
      const keys = await outcome(drawer.getAllKeys())
      for (const key of keys.slice(0, -kept)) drawer.delete(key)
      return true
    })
  } catch (error) {
    // Where nothing can be kept, twice is better than never.
    return !(error instanceof DOMException && error.name === 'ConstraintError')
  }
}

export const keepDevice = (id: string): Promise<unknown> =>
  inStore('kept', (drawer) => outcome(drawer.put(id, 'device')))

export const keptDevice = (): Promise<string | undefined> =>
  inStore('kept', (drawer) => outcome(drawer.get('device') as IDBRequest<string | undefined>))

export const forgetShown = (): Promise<unknown> => outcome(indexedDB.deleteDatabase(name))
