import { createApp } from 'vue'
import { boot } from '@/shared/boot'
import App from './App.vue'
import { t } from './texts/shell'
import './portal.css'

void boot(createApp(App), () => t('title'))
