import { createRouter, createWebHashHistory } from 'vue-router'
import { textsReady } from '@/shared/i18n/locale'
import HomeView from './views/HomeView.vue'
import ListView from './views/ListView.vue'

const DirectoryView = () => import('./directory/DirectoryView.vue')

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', component: HomeView },
    { path: '/lists/:queue', name: 'list', component: ListView, props: true },
    { path: '/views/:view', name: 'view', component: ListView, props: true },
    {
      path: '/tickets/:ticketNo',
      name: 'ticket',
      component: () => import('./views/TicketView.vue'),
      props: true,
    },
    { path: '/desk', name: 'desk', component: () => import('./views/DeskView.vue') },
    { path: '/phones', component: () => import('./phone/PhonesView.vue') },
    { path: '/missed', component: () => import('./missed/MissedView.vue') },
    {
      path: '/enterprises/:id?',
      component: () => import('./enterprise/EnterpriseView.vue'),
      props: true,
    },
    { path: '/calls', component: () => import('./views/CallsView.vue') },
    { path: '/knowledge', component: () => import('./views/KnowledgeView.vue') },
    {
      path: '/knowledge/:articleId',
      name: 'article',
      component: () => import('./views/ArticleView.vue'),
      props: true,
    },
    {
      path: '/directory',
      children: [
        { path: '', component: DirectoryView },
        { path: ':part/:id?', component: DirectoryView, props: true },
      ],
    },
    { path: '/notices', component: () => import('./my-notices/MyNoticesView.vue') },
    { path: '/handovers', component: () => import('./handovers/HandoversView.vue') },
    { path: '/users', component: () => import('./views/UsersView.vue') },
    { path: '/bulletins', component: () => import('./notices/BulletinsView.vue') },
    { path: '/noticeRules', component: () => import('./notice-rules/NoticeRulesView.vue') },
    { path: '/permissions', component: () => import('./permissions/PermissionsView.vue') },
    { path: '/tokens', component: () => import('./views/TokensView.vue') },
    {
      path: '/integrations',
      component: () => import('./integrations/IntegrationsView.vue'),
    },
    { path: '/policies', component: () => import('./views/PoliciesView.vue') },
    { path: '/deadLetters', component: () => import('./views/DeadLettersView.vue') },
    { path: '/audit', component: () => import('./views/AuditView.vue') },
    { path: '/:unknown(.*)*', redirect: '/' },
  ],
})

// A page is fetched by now; it is shown when its texts are there, too.
router.beforeResolve(textsReady)

// A new page begins at its heading, for screen readers as well.
router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.path !== from.path)
    requestAnimationFrame(() => {
      const main = document.getElementById('main')
      if (!main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
    })
})
