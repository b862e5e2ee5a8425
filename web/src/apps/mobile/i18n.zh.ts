export default {
  title: '帮扶 · 企盼渭来',
} as const
