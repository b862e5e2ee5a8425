export default {
  title: '企盼渭来',
} as const
