import { createRouter, createWebHashHistory } from 'vue-router'
import { textsReady } from '@/shared/i18n/locale'
import ListView from './views/ListView.vue'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'list', component: ListView },
    {
      path: '/tickets/:ticketNo',
      name: 'ticket',
      component: () => import('./views/TicketView.vue'),
      props: true,
    },
    { path: '/visit', name: 'visit', component: () => import('./views/VisitView.vue') },
    {
      path: '/enterprises',
      name: 'enterprises',
      component: () => import('./views/EnterprisesView.vue'),
    },
    { path: '/mine', name: 'mine', component: () => import('./views/MineView.vue') },
    { path: '/:unknown(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

// A page is fetched by now; it is shown when its texts are there, too.
router.beforeResolve(textsReady)

// A new page begins at its heading, for screen readers as well.
router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.name !== from.name)
    requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }))
})
