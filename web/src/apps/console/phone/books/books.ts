import type { components } from '@/shared/api/schema'

export type List = components['schemas']['CallDetailList']
export type Difference = components['schemas']['CallDifference']
