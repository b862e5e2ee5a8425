export default {
  title: '坐席台 · 企盼渭来',
} as const
