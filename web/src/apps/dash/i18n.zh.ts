export default {
  title: '运行看板 · 企盼渭来',
} as const
