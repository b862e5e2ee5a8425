import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']

export type Kept = Schemas['Kept']
export type KeptUnit = Schemas['KeptUnit']
export type KeptOfficial = Schemas['KeptOfficial']
export type KeptEnterprise = Schemas['KeptEnterprise']
export type Leave = Schemas['Leave']
export type Turn = Schemas['Turn']
export type ContactCard = Schemas['ContactCard']
export type Change = Schemas['DirectoryChange']
export type Kind = Schemas['DirectoryKind']
export type ListName = Schemas['DirectoryList']
export type DirectoryState = Schemas['DirectoryState']
export type ImportReport = Schemas['ImportReport']
export type Standing = Schemas['Deactivation']

/** The list of the contract that holds the entries of a kind. */
export interface ListOf {
  unit: 'units'
  official: 'officials'
  leave: 'leaves'
  turn: 'turns'
  card: 'cards'
  enterprise: 'enterprises'
}

interface Entries {
  unit: KeptUnit
  official: KeptOfficial
  leave: Leave
  turn: Turn
  card: ContactCard
  enterprise: KeptEnterprise
}

interface Inputs {
  unit: Schemas['UnitInput']
  official: Schemas['OfficialInput']
  leave: Schemas['LeaveInput']
  turn: Schemas['TurnInput']
  card: Schemas['CardInput']
  enterprise: Schemas['EnterpriseInput']
}

/** What a kind looks like when it is read, and when it is written. */
export type EntryOf<K extends Kind> = Entries[K]
export type InputOf<K extends Kind> = Inputs[K]
