/** The files on their way in, watched by the page. Kept apart from tus, which is loaded with the first file. */
import { storeOf } from '../api/store.ts'
import { stepUpload, type Upload, type UploadEvent } from './upload-state.ts'

/** All uploads of this page, oldest first. */
export const uploads = storeOf<readonly Upload[]>([])

/** Applies what happened to one upload. */
export function tell(id: string, event: UploadEvent): void {
  uploads.set((list) => list.map((upload) => (upload.id === id ? stepUpload(upload, event) : upload)))
}

/** Takes one out of the list. */
export function forget(id: string): void {
  uploads.set((list) => list.filter((upload) => upload.id !== id))
}
