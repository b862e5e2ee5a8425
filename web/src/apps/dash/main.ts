import { createApp } from 'vue'
import { boot } from '@/shared/boot'
import App from './App.vue'
import { t } from './i18n'
import './dash.css'

void boot(createApp(App), () => t('title'))
