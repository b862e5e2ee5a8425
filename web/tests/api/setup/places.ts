/** Where the instance has nothing to read yet, or nothing whose number is known, or the answer is a file. */
export const nothingThere = new Set([
  'getKpiCalls', // a county's manager is told no calls of the centre (S49)
  'hearRecording',
  'getFrozen',
  'verifyFrozen',
  'listFrozenTickets',
  'getKeptLeave',
  'getKeptTurn',
  'getKeptCard',
  'getKeptEnterprise',
  'getEnterprise',
  'getEnterpriseTimeline',
  'exportDirectory',
  'exportTable',
  'getBulletin',
  'listReceipts',
  'listWebhookDeliveries',
  'getWebhookDelivery',
  'getHandover',
])

/** What stands in a path besides an id. */
export const places = {
  id: 1,
  list: 'units',
  table: 'rates',
  rate: 'closing_rate',
  metric: 'received',
  version: 1,
  freeze_id: 999_999,
  article_id: 1,
  feedback_id: 1,
  webhook_id: 999_999,
  delivery_id: 999_999,
  partner_id: 999_999,
  ticket_no: 'WN299912310000018',
  step: 'publish',
  notice_id: 1,
  bulletin_id: 999_999,
  view_id: '00000000-0000-4000-8000-000000000000',
  device_id: '00000000-0000-4000-8000-000000000000',
  user_id: 1,
  callback_id: 999_999,
  phone_call_id: 999_999,
  enterprise_id: 1,
}

/** Need number and code, a password, or a machine's token instead of a session; or end the session. */
export const elsewhere = new Set([
  'submitAppeal',
  'followAppeal',
  'rateAppeal',
  'urgeAppeal',
  'withdrawAppeal',
  'addToAppeal',
  'reopenAppeal',
  'attachToAppeal',
  'getAppealAttachment',
  'getAppealAttachmentPreview',
  'getReference',
  'getPublicFigures',
  'findPublicAnswers',
  'answerHelped',
  'findLicence',
  'login',
  'logout',
  'changePassword',
  'postCtiEvents',
  'beatCtiLink',
  'postCtiSnapshot',
])

export const unknownTicket = 'WN299912310000018'
