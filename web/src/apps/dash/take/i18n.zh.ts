export default {
  take: '导出',
  as: '导出为 {format}',
  failed: '导出没有成功：{why}',
} as const
