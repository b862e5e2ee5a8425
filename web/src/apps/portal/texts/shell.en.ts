import type { English } from '@/shared/i18n/messages'
import type zh from './shell.zh'

export default {
  title: 'Weinan 12345 enterprise hotline',
  brand: 'Qipan Weilai',
  brandSub: 'Weinan 12345 enterprise hotline',
  nav: 'Main pages',
  navHome: 'Home',
  navSubmit: 'Report a problem',
  navFollow: 'Check progress',
  largeText: 'Easy mode',
  call: 'Call 12345',
  theme: 'Colours',
  'theme.auto': 'As the system',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.contrast': 'High contrast',
  footer: 'You can also dial 12345; somebody answers around the clock.',
  homeTitle: 'One line that stays with your business until it is done',
  homeLead:
    'For companies and sole traders in Weinan. A question about policy, a permit that is stuck, power or water, unpaid bills: write it down, we pass it to the unit in charge, it is handled within a set time, and you say how it went.',
  homeSubmit: 'Report a problem',
  homeFollow: 'Check progress',
  stepsTitle: 'How it works',
  step1: 'Submit',
  step1Text:
    'Describe the matter, leave a phone number, get a ticket number and a query code at once.',
  step2: 'Dispatch',
  step2Text:
    'It goes to the unit in charge and a helper official, who sign for it within a time limit.',
  step3: 'Handling',
  step3Text: 'The official contacts you first and gives a result by the promised date.',
  step4: 'Your word',
  step4Text: 'You say whether it is solved and how satisfied you are. If not, it is handled again.',
  figuresTitle: 'Figures for {month}',
  figuresNone: 'No data yet',
  figuresFailed: 'The figures cannot be shown now; submitting and checking work as usual.',
  figuresAll: '{n} more {n|figure|figures}',
  figuresOf: '{n} of {d}',
  accepted: 'Taken in this month',
  piece: '{n}',
  emergency: 'For fire, police or medical emergencies dial 119, 110 or 120.',
} satisfies English<typeof zh>
