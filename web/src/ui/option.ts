/** One choice of a select, radio group or combobox. */
export interface Option {
  value: string
  label: string
  /** A second, quieter line. */
  detail?: string | undefined
}
