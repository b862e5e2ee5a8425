import { createApp } from 'vue'
import { boot } from '@/shared/boot'
import { registerServiceWorker } from '@/shared/sw-register'
import App from './App.vue'
import { t } from './i18n'
import { router } from './routes'
import './mobile.css'

void boot(createApp(App).use(router), () => t('title')).then(registerServiceWorker)
