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
    {
      path: '/enterprises/:id',
      name: 'enterprise',
      component: () => import('./views/EnterpriseView.vue'),
      props: true,
    },
    { path: '/duty', name: 'duty', component: () => import('./views/DutyView.vue') },
    { path: '/notices', name: 'notices', component: () => import('./views/NoticesView.vue') },
    {
      path: '/notices/settings',
      name: 'notice-settings',
      component: () => import('./views/NoticeSettingsView.vue'),
    },
    { path: '/waiting', name: 'waiting', component: () => import('./views/WaitingView.vue') },
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
