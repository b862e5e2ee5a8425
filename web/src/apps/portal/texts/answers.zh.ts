export default {
  title: '常见问题',
  search: '想问什么',
  searchHint: '例如：增值税免征额、营业执照、稳岗返还',
  none: '没有找到现成的答案，请直接提交咨询，我们会答复您。',
  known: '可能已有现成的答案',
  knownText: '先看看是否解决了您的问题；没有解决，请继续填写。',
  basis: '依据：{text}',
  from: '{unit}，{day} 起有效',
} as const
