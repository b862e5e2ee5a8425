import { shallowReactive } from 'vue'
import type { TicketSummary } from './types'

/** A later version wins; the same version is kept as it is, so that nothing repaints. */
export function isNewer(incoming: TicketSummary, known: TicketSummary | undefined): boolean {
  return known === undefined || incoming.version > known.version
}

/**
 * Every ticket the page knows, once, by number. Lists hold numbers and look the ticket up here, so
 * a delta from the live feed shows everywhere at the same moment.
 */
export function createTicketStore() {
  const tickets = shallowReactive(new Map<string, TicketSummary>())

  return {
    get: (ticketNo: string): TicketSummary | undefined => tickets.get(ticketNo),

    all: (): TicketSummary[] => [...tickets.values()],

    /** Takes a page of the list or a delta; answers with the numbers that really changed. */
    merge(incoming: readonly TicketSummary[]): string[] {
      const changed = incoming.filter((item) => isNewer(item, tickets.get(item.ticket_no)))
      for (const item of changed) tickets.set(item.ticket_no, item)
      return changed.map((item) => item.ticket_no)
    },

    /**
     * After a resync: what the snapshot does not hold is gone from the asker's scope, unless the
     * feed told of it (`since`) after the snapshot was asked for.
     */
    replace(snapshot: readonly TicketSummary[], since: Iterable<string> = []): void {
      const present = new Set([...snapshot.map((item) => item.ticket_no), ...since])
      for (const known of [...tickets.keys()]) if (!present.has(known)) tickets.delete(known)
      this.merge(snapshot)
    },

    clear: (): void => tickets.clear(),
  }
}

export type TicketStore = ReturnType<typeof createTicketStore>
