export default {
  reveal: '查看原文',
  revealPhone: '显示号码',
  title: '查看隐去的信息',
  text: '查看会记入审计日志，请写明用途。',
  reason: '用途',
  reasonMissing: '请写明用途（至少 2 个字）',
} as const
