import { labelOf } from './labels'

interface Deed {
  role: string
  actor_name?: string | undefined
  unit_name?: string | undefined
}

const nameOf = ({ role, actor_name }: Deed): string =>
  (role !== 'system' && role !== 'enterprise' && actor_name) || ''

/** Who stands behind an event. What has no name of its own is called by its role, in the language of the reader. */
export const whoActed = (deed: Deed): string =>
  [nameOf(deed) || labelOf('role', deed.role), deed.unit_name].filter(Boolean).join(' · ')

/** The same with what he is before his name, and never the one for the other. */
export const inWhatRole = (deed: Deed): string =>
  [labelOf('role', deed.role), nameOf(deed), deed.unit_name].filter(Boolean).join(' · ')
