import { openDB, type IDBPDatabase } from 'idb'

/** What lies on the phone: tickets with their logs, other answers by name, the queue and its photos. */
export const stores = ['tickets', 'kept', 'outbox', 'photos'] as const
export type Store = (typeof stores)[number]

export interface Write {
  store: Store
  key: string | number
  /** Missing: taken off the shelf. */
  value?: unknown
}

/** Four drawers. A batch is written whole or not at all. */
export interface Shelf {
  get<T>(store: Store, key: string | number): Promise<T | undefined>
  all<T>(store: Store): Promise<T[]>
  keys(store: Store): Promise<(string | number)[]>
  batch(writes: readonly Write[]): Promise<void>
  /** Looks and writes in one go, so that of two pages one comes first. */
  update<T>(store: Store, key: string | number, change: (before: T | undefined) => T): Promise<T>
  /** Puts what `make` gives for the next number at the end. */
  append<T>(store: Store, make: (id: number) => T): Promise<T>
  /** Everything, for ever. */
  destroy(): Promise<void>
}

export const shelfName = 'qp-mobile'

function inDatabase(db: IDBPDatabase): Shelf {
  return {
    get: (store, key) => db.get(store, key),
    all: (store) => db.getAll(store),
    keys: async (store) => (await db.getAllKeys(store)) as (string | number)[],
    async batch(writes) {
      if (writes.length === 0) return
      const tx = db.transaction([...stores], 'readwrite')
      for (const { store, key, value } of writes) {
        const drawer = tx.objectStore(store)
        void (value === undefined ? drawer.delete(key) : drawer.put(value, key))
      }
      await tx.done
    },
    async update(store, key, change) {
      const tx = db.transaction(store, 'readwrite')
      const after = change(await tx.store.get(key))
      await tx.store.put(after, key)
      await tx.done
      return after
    },
    async append(store, make) {
      const tx = db.transaction(store, 'readwrite')
      const last = await tx.store.openKeyCursor(null, 'prev')
      const id = Number(last?.key ?? 0) + 1
      const made = make(id)
      await tx.store.put(made, id)
      await tx.done
      return made
    },
    async destroy() {
      // Emptied first: another page that holds it open delays the deletion.
      const tx = db.transaction([...stores], 'readwrite')
      for (const store of stores) void tx.objectStore(store).clear()
      await tx.done
      db.close()
      indexedDB.deleteDatabase(shelfName)
    },
  }
}

/** Where the browser keeps nothing (a private window): for as long as the page is open. */
export function inMemory(): Shelf {
  const drawers = new Map(stores.map((store) => [store, new Map<string | number, unknown>()]))
  const of = (store: Store) => drawers.get(store) as Map<string | number, unknown>
  return {
    get: <T>(store: Store, key: string | number) =>
      Promise.resolve(of(store).get(key) as T | undefined),
    all: <T>(store: Store) =>
      Promise.resolve([...of(store)].sort().map(([, value]) => structuredClone(value) as T)),
    keys: (store) => Promise.resolve([...of(store).keys()]),
    batch(writes) {
      for (const { store, key, value } of writes)
        if (value === undefined) of(store).delete(key)
        else of(store).set(key, value)
      return Promise.resolve()
    },
    update(store, key, change) {
      const after = change(of(store).get(key) as Parameters<typeof change>[0])
      of(store).set(key, after)
      return Promise.resolve(after)
    },
    append(store, make) {
      const id = Math.max(0, ...[...of(store).keys()].map(Number)) + 1
      const made = make(id)
      of(store).set(id, made)
      return Promise.resolve(made)
    },
    destroy() {
      for (const drawer of drawers.values()) drawer.clear()
      return Promise.resolve()
    },
  }
}

async function open(): Promise<Shelf> {
  try {
    const db = await openDB(shelfName, 1, {
      upgrade(fresh) {
        for (const store of stores) fresh.createObjectStore(store)
      },
      // A wipe in another page must not wait for this one.
      blocking(_from, _to, event) {
        ;(event.target as IDBDatabase).close()
      },
    })
    return inDatabase(db)
  } catch {
    return inMemory()
  }
}

let opened: Promise<Shelf> | undefined

/** The one shelf of this page. */
export const shelf = (): Promise<Shelf> => (opened ??= open())

/** After a wipe the next look makes a new, empty one. */
export async function destroyShelf(): Promise<void> {
  const old = await shelf()
  opened = undefined
  await old.destroy()
}
