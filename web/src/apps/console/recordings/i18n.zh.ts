export default {
  label: '通话录音',
  labelTimed: '通话录音，时长 {time}',
  length: '时长 {time}',
  keptUntil: '保存至 {day}，工单未归档不删除',
  noted: '收听会记入审计日志',
  keys: '← → 前后五秒，Page Up、Page Down 前后半分钟，Home、End 到头尾',
  failed: '录音没有取到，请稍后再试。',
  'state.at_exchange': '录音还在交换机上，取回后可收听',
  'state.at_platform': '录音在呼叫平台上，请到该平台收听',
  'state.deleted': '录音已于 {day} 到期删除',
  'state.lost': '交换机上没有找到录音',
  'state.none': '没有录音',
} as const
