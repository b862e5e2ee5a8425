import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  title: 'API · Enterprise hotline',
  contents: 'Contents',
  version: 'Version {v}',
  base: 'Base path',
  raw: 'Download the OpenAPI file',
  parameters: 'Parameters',
  body: 'Body',
  bodyArray: 'Body (array)',
  answers: 'Answers',
  schemas: 'Data',
  name: 'Name',
  type: 'Type',
  note: 'Note',
  required: 'required',
  'access.public': 'no log-in',
  'access.session': 'log-in',
  'access.token': 'API token',
} satisfies English<typeof zh>
