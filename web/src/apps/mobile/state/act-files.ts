import { namedByPlace, placeOf } from '@/shared/files/place'
import { forPhones, shrunk } from '@/shared/files/shrink'
import { createUploads, type Uploads } from '@/shared/files/uploads'
import type { Chosen } from '../offline/outbox'

/** With one act; a ticket takes forty. */
export const mostFiles = 9

export const actUploads = (): Uploads =>
  createUploads({ most: mostFiles, shrink: (file) => shrunk(file, forPhones) })

/** Made small, without what the camera noted; where it was taken goes into the name when that is wanted. */
export async function chosenFiles(uploads: Uploads, place: boolean): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for (const { name, internal, body, file } of await uploads.ready()) {
    const where = place ? await placeOf(file) : undefined
    chosen.push({ name: where ? namedByPlace(name, where) : name, internal, body })
  }
  return chosen
}
