import type { Studio } from '@sotto/server'
import { parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { hostStudio } from '../studio.ts'

/**
 * The requests of people and their clocks. `list`: all; `due`: open ones of which the host is to be warned (exit code 1
 * where there is one); `show`: what one says (its person sees that you looked); `answer`: answer it. The studio must not
 * be running.
 */
export const command: Command = {
  usage: 'requests list|due|show ID|answer ID --grant|--deny --reason TEXT [--data DIR] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      grant: { type: 'boolean' },
      deny: { type: 'boolean' },
      reason: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [verb, id] = positionals
    const answering = verb === 'answer'
    const wellAnswered = (values.grant === true) !== (values.deny === true) && (values.reason ?? '').trim() !== ''
    if (!['list', 'due', 'show', 'answer'].includes(verb ?? '')) throw new UsageError(command.usage)
    if ((verb === 'show' || answering) && id === undefined) throw new UsageError(command.usage)
    if (answering && !wellAnswered) throw new UsageError(command.usage)
    await using studio = await hostStudio(io, values.data)
    if (verb === 'list' || verb === 'due') return list(studio, verb, io, values.json === true)

    const [request] = await studio.rights.requests({ id: id as string })
    if (!request) {
      io.err('there is no such request\n')
      return exit.failed
    }
    if (answering) {
      const outcome = values.grant ? 'fulfil' : 'deny'
      const state = await studio.rights.answer(request.person, request.id, outcome, values.reason as string)
      io.out(values.json ? `${JSON.stringify({ id: request.id, state })}\n` : `${request.id} ${state}\n`)
      return exit.done
    }
    const read = await studio.rights.read(request.person, request.id)
    if (values.json) io.out(`${JSON.stringify({ ...request, ...read })}\n`)
    else {
      io.out(`${request.right}, ${request.state}, asked ${day(request.asked_at)}, due ${day(request.due_at)}\n`)
      if (read?.decision) io.out(`about: ${read.decision.code} ${read.decision.reason ?? ''} x${read.decision.count}\n`)
      else if (read?.about) io.out(`about: ${read.about}\n`)
      if (read?.words) io.out(`${read.words}\n`)
    }
    return exit.done
  },
}

async function list(studio: Studio, verb: 'list' | 'due', io: Io, json: boolean): Promise<number> {
  const rows = verb === 'due' ? await studio.rights.alarmed() : await studio.rights.requests()
  if (json) io.out(`${JSON.stringify(rows.map(({ person: _, ...row }) => row))}\n`)
  else
    for (const { id, right, state, asked_at, due_at } of rows)
      io.out(`${id}  ${right}  ${state}  asked ${day(asked_at)}  due ${day(due_at)}\n`)
  return verb === 'due' && rows.length > 0 ? exit.failed : exit.done
}

function day(moment: Date | undefined): string {
  return moment?.toISOString().slice(0, 10) ?? '-'
}
