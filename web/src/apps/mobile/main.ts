import { createApp } from 'vue'
import { rememberMe } from '@/shared/api/session'
import { boot } from '@/shared/boot'
import { registerServiceWorker } from '@/shared/sw-register'
import App from './App.vue'
import { t } from './i18n'
import { router } from './routes'
import { tickets } from './state/my-tickets'
import { deviceId } from './state/device'
import { phone } from './state/phone'
import { fresh } from './state/queue'
import './mobile.css'

deviceId()
rememberMe({
  recall: () => phone().then(({ recallMe }) => recallMe()),
  forget: () => void phone().then(({ forgetMe }) => forgetMe()),
})
void phone().then(({ startPhone }) =>
  startPhone((ticket) => {
    fresh.value = ticket
    if (tickets.get(ticket.ticket_no)) tickets.merge([ticket])
  }),
)
void boot(createApp(App).use(router), () => t('title')).then(registerServiceWorker)
