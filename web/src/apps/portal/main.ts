import { createApp } from 'vue'
import { boot } from '@/shared/boot'
import App from './App.vue'
import { t } from './i18n'

void boot(createApp(App), () => t('title'))
