import { labelOf } from './labels'

interface Deed {
  role: string
  actor_name?: string | undefined
  unit_name?: string | undefined
}

/** Who stands behind an event. What has no name of its own is called by its role, in the language of the reader. */
export function whoActed({ role, actor_name, unit_name }: Deed): string {
  const nameless = role === 'system' || role === 'enterprise'
  return [nameless ? labelOf('role', role) : actor_name, unit_name].filter(Boolean).join(' · ')
}
