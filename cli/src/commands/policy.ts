import { readFile } from 'node:fs/promises'
import {
  canonicalJson,
  changeInWords,
  checkPolicy,
  type DiffOptions,
  diffPolicies,
  LOCALES,
  notice,
  noticeHtml,
  noticeJson,
  noticeMarkdown,
  type Operator,
  type PolicyDiff,
  type PolicyDocument,
  policy,
  publishable,
} from '@sotto/policy'
import { parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'

/**
 * The policy: `check` whether a document holds together and may be served to the public; `print` the notice, or the
 * document itself; `diff` two printed documents and say who must agree again; `publish` the policy of this program.
 */
export const command: Command = {
  usage:
    'policy check [FILE] | print [--locale en|zh-CN] [--format markdown|html|json|document] | diff A B [--at-least minor|major] [--json] | publish [--at-least minor|major] [--dry-run] [--data DIR] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      locale: { type: 'string' },
      format: { type: 'string' },
      json: { type: 'boolean' },
      'at-least': { type: 'string' },
      'dry-run': { type: 'boolean' },
      data: { type: 'string' },
    })
    const [verb, ...files] = positionals
    const graver = values['at-least']
    if (graver !== undefined && graver !== 'minor' && graver !== 'major') throw new UsageError(command.usage)
    const at_least: { at_least?: 'minor' | 'major' } = graver === undefined ? {} : { at_least: graver }
    const json = values.json === true
    switch (verb) {
      case 'check':
        return check(files[0], io)
      case 'print':
        return print(values.locale ?? io.language, values.format ?? 'markdown', io)
      case 'diff':
        return diff(files, { ...at_least, json }, io)
      case 'publish':
        return publish({ ...at_least, json, dry_run: values['dry-run'] === true, data: values.data }, io)
      default:
        throw new UsageError(command.usage)
    }
  },
}

async function check(file: string | undefined, io: Io): Promise<number> {
  const document: unknown = file === undefined ? policy : await documentIn(file)
  const faults = checkPolicy(document)
  for (const { path, message } of faults) io.err(`${path}: ${message}\n`)
  if (faults.length > 0) return exit.failed
  const sure = publishable(document as PolicyDocument, await operatorOf(io))
  io.out(`policy ${(document as PolicyDocument).version}: no faults\n`)
  // For one machine an operator need not be named; for the public it must (C2, C259).
  if (!sure.publishable)
    for (const { message } of sure.faults) io.err(`before it can be served to the public: ${message}\n`)
  return exit.done
}

async function print(locale: string, format: string, io: Io): Promise<number> {
  if (format === 'document') {
    io.out(`${canonicalJson(policy)}\n`)
    return exit.done
  }
  const known = LOCALES.find((name) => name === locale)
  const write = { markdown: noticeMarkdown, html: noticeHtml, json: noticeJson }[format]
  if (!known || !write) throw new UsageError(command.usage)
  io.out(`${write(await notice(policy, known, await operatorOf(io)))}\n`)
  return exit.done
}

async function diff([a, b]: string[], options: DiffOptions & { json: boolean }, io: Io): Promise<number> {
  if (a === undefined || b === undefined) throw new UsageError(command.usage)
  const { json, ...raised } = options
  const found = diffPolicies(await documentIn(a), await documentIn(b), raised)
  if (json) {
    io.out(`${JSON.stringify(found)}\n`)
    return exit.done
  }
  tell(found, io)
  return exit.done
}

/** A difference in words: how grave, what changed and by which clause that counts, who must agree again. */
function tell(found: PolicyDiff, io: Io): void {
  io.out(`${found.from} -> ${found.to}: ${found.severity}\n`)
  for (const change of found.changes)
    io.out(
      `  ${change.severity}${change.clause ? ` (${change.clause})` : ''} ${change.path}: ${changeInWords(change, io.language)}\n`,
    )
  if (found.consent_again.length > 0) io.out(`must be agreed to again: ${found.consent_again.join(', ')}\n`)
  if (found.consent_new.length > 0) io.out(`asks for consent now: ${found.consent_new.join(', ')}\n`)
}

async function publish(
  given: { at_least?: 'minor' | 'major'; dry_run: boolean; json: boolean; data: string | undefined },
  io: Io,
): Promise<number> {
  const { openStudio, publishPolicy, readConfig } = await import('@sotto/server')
  const { data, json, ...options } = given
  const env = data === undefined ? io.env : { ...io.env, SOTTO_DATA: data }
  await using studio = await openStudio(readConfig(env), { work: false })
  const { diff, published } = await publishPolicy(studio, options)
  if (json) {
    const version = published && { number: published.number, version: published.version, hash: published.hash }
    io.out(`${JSON.stringify({ published: version ?? null, diff: diff ?? null })}\n`)
    return exit.done
  }
  if (diff !== undefined && !diff.first) tell(diff, io)
  if (published === undefined) io.out('nothing was published: this was a dry run\n')
  else
    io.out(
      `${diff === undefined ? 'published already' : 'published'}: version ${published.version}, number ${published.number}, ${published.hash}\n`,
    )
  return exit.done
}

/** Who runs this studio, as its settings say. */
async function operatorOf(io: Io): Promise<Operator> {
  const { readConfig } = await import('@sotto/server')
  return readConfig(io.env).operator
}

async function documentIn(file: string): Promise<PolicyDocument> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new InputError(file)
  })
  try {
    return JSON.parse(text) as PolicyDocument
  } catch {
    throw new InputError(file)
  }
}
