/**
 * Every part that is otherwise fetched when first shown. Where no service worker keeps them on the phone, a WebView
 * has to have them before the network is gone.
 */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('../views/TicketView.vue'),
  () => import('@/shared/files/TicketFiles.vue'),
  () => import('@/shared/ticket/ActDialog.vue'),
  () => import('../components/ActFiles.vue'),
  () => import('../views/VisitView.vue'),
  () => import('../views/WaitingView.vue'),
  () => import('../views/EnterprisesView.vue'),
  () => import('../views/EnterpriseView.vue'),
  () => import('../views/MineView.vue'),
  () => import('@/shared/ticket/TicketMediations.vue'),
  () => import('@/shared/ticket/TicketPlan.vue'),
]

export async function warmUp(): Promise<void> {
  if ((navigator as Partial<Navigator>).serviceWorker?.controller) return
  // One after the other, and behind everything that is being waited for.
  for (const part of parts) await part().catch(() => undefined)
}
