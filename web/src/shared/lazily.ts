import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'
import { textsReady } from './i18n/locale'

/** A part of a page that is fetched when first shown, and shown when its texts are there, too. */
export const lazily = <C extends Component>(load: AsyncComponentLoader<C>) =>
  defineAsyncComponent<C>(() => load().then((loaded) => textsReady().then(() => loaded)))
