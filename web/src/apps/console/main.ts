import { createApp } from 'vue'
import { boot } from '@/shared/boot'
import App from './App.vue'
import { t } from './i18n'
import { router } from './routes'
import './console.css'

void boot(createApp(App).use(router), () => t('title'))
