export default {
  printed: '{name} 打印于 {at}',
  maskedAsShown: '内部资料。姓名、电话和信用代码按打印人的权限显示，遮蔽处与屏幕一致。',
  met: '已于 {at} 完成',
  metLate: '已于 {at} 完成，超时',
  'clock.running': '计时中',
  'clock.paused': '暂停',
  'clock.fired': '已超期',
  'clock.stopped': '已完成',
  'clock.cancelled': '已取消',
} as const
