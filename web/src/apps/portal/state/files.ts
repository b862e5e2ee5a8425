import { shallowRef } from 'vue'
import { createUploads, type SendOne, type Uploads } from '@/shared/files/uploads'
import { sendFile, uploadToAppeal } from '@/shared/files/send-file'

/** Chosen with the form for the appeal that is being written; a page that is left forgets them. */
export const chosenFiles = shallowRef(createUploads())

/** Those of the appeal that has just got its number, on their way. */
export const filesOfReceipt = shallowRef<Uploads>()

/** The appeal is in: its files go their way, and the next one begins without any. */
export function handOver(): void {
  const chosen = chosenFiles.value
  filesOfReceipt.value = chosen.items.length > 0 ? chosen : undefined
  chosenFiles.value = createUploads()
}

export const sendTo =
  (ticketNo: string, code: string): SendOne =>
  ({ name }, body, onShare) =>
    sendFile(uploadToAppeal(ticketNo, code, name), body, onShare)
