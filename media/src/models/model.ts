/** One file of a model, and where it comes from. `path` is its name inside the model's own folder. */
export interface ModelFile {
  readonly path: string
  readonly bytes: number
  /** Lower-case hexadecimal SHA-256 of the whole file. */
  readonly sha256: string
  readonly from: NpmOrigin | UrlOrigin | HostOrigin
}

/** A file carried inside an npm package. `integrity` is that of the package's tarball in the registry. */
export interface NpmOrigin {
  readonly npm: string
  readonly version: string
  readonly integrity: string
  readonly path: string
}

/** A file to be had from an address. Nothing here fetches it: see the host's documentation. */
export interface UrlOrigin {
  readonly url: string
}

/** A file that the host put into the models folder; it can be had from nowhere else. */
export interface HostOrigin {
  readonly host: true
}

/** Weights and the files they need, as one thing that is there or not. `languages` are ISO 639 codes, or `any` where the question does not arise. */
export interface Model {
  readonly id: string
  readonly licence: string
  readonly languages: readonly string[]
  readonly files: readonly ModelFile[]
}

/** Bytes of all files of a model. */
export function modelBytes(model: Model): number {
  return model.files.reduce((sum, file) => sum + file.bytes, 0)
}
