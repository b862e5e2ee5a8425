/** Bulletins one often sends, in both languages and with gaps to fill in; nobody is named in them. */
export const starters = {
  maintenance: {
    title: '系统维护通知',
    body: '平台将于__月__日__时至__时维护，期间暂停访问，请提前办完急件。',
    title_en: 'Maintenance',
    body_en:
      'The platform is down for maintenance from __ to __; please finish urgent matters before.',
  },
  holiday: {
    title: '节假日值班安排',
    body: '__月__日至__日放假，值班人员请保持手机畅通，特急工单照常签收。',
    title_en: 'Duty during the holiday',
    body_en:
      'The offices are closed from __ to __. Whoever is on duty stays reachable; critical tickets are signed for as ever.',
  },
  deadline: {
    title: '报送提醒',
    body: '请于__月__日__时前在平台完成本月走访和办理情况填报。',
    title_en: 'Report due',
    body_en: 'Please complete this month’s visits and results on the platform by __.',
  },
  policy: {
    title: '办理规定调整',
    body: '自__月__日起，办理时限按新规定执行，详见知识库。',
    title_en: 'New limits',
    body_en: 'From __ on the new limits apply; see the knowledge base.',
  },
} as const

export type Starter = keyof typeof starters
export const starterNames = Object.keys(starters) as Starter[]
