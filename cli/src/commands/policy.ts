import { readFile } from 'node:fs/promises'
import {
  canonicalJson,
  checkPolicy,
  diffPolicies,
  LOCALES,
  notice,
  noticeHtml,
  noticeJson,
  noticeMarkdown,
  type Operator,
  type PolicyDocument,
  policy,
  publishable,
} from '@sotto/policy'
import { parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'

/**
 * The policy: `check` whether a document holds together and may be served to the public; `print` the notice, or the
 * document itself; `diff` two printed documents and say who must agree again.
 */
export const command: Command = {
  usage: 'policy check [FILE] | print [--locale en|zh-CN] [--format markdown|html|json|document] | diff A B [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      locale: { type: 'string' },
      format: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [verb, ...files] = positionals
    switch (verb) {
      case 'check':
        return check(files[0], io)
      case 'print':
        return print(values.locale ?? io.language, values.format ?? 'markdown', io)
      case 'diff':
        return diff(files, values.json === true, io)
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

async function diff([a, b]: string[], json: boolean, io: Io): Promise<number> {
  if (a === undefined || b === undefined) throw new UsageError(command.usage)
  const found = diffPolicies(await documentIn(a), await documentIn(b))
  if (json) {
    io.out(`${JSON.stringify(found)}\n`)
    return exit.done
  }
  io.out(`${found.from} -> ${found.to}: ${found.severity}\n`)
  for (const change of found.changes) io.out(`  ${JSON.stringify(change)}\n`)
  if (found.consent_again.length > 0) io.out(`must be agreed to again: ${found.consent_again.join(', ')}\n`)
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
