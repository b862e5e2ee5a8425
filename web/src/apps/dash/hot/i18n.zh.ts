export default {
  title: '热点诉求',
  rule: '{days} 天内 {n} 家以上企业反映同类问题',
  counts: '{enterprises} 家企业 · {appeals} 件诉求',
  more: '另有 {n} 个热点',
  curve: '每日件数',
  day: '{day}：{n} 件',
  tickets: '相关工单（最新 {n} 件）',
  words: '共同提到',
  places: '涉及',
  place: '{name} {n} 件',
  unknownPlace: '未注明',
} as const
