import type { components } from '../api/schema'

type Schemas = components['schemas']

export type TicketSummary = Schemas['TicketSummary']
export type Ticket = Schemas['Ticket']
export type TicketEvent = Schemas['Event']
export type Clock = Schemas['Clock']
export type MinuteLedger = Schemas['MinuteLedger']
export type State = Schemas['State']
export type Urgency = Schemas['Urgency']
export type AppealType = Schemas['AppealType']
export type Channel = Schemas['Channel']
export type Action = Schemas['Action']
export type ActInput = Schemas['ActInput']
export type Receipt = Schemas['Receipt']
export type Unit = Schemas['Unit']
export type Enterprise = Schemas['Enterprise']
export type Reference = Schemas['Reference']
export type Rate = Schemas['Rate']
export type Outcome = NonNullable<ActInput['outcome']>
export type Solved = NonNullable<ActInput['solved']>
export type Satisfaction = NonNullable<ActInput['satisfaction']>
