import type { Studio } from '@sotto/server'
import { parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { hostStudio, personOf } from '../studio.ts'

/**
 * The requests of people and their clocks. `list`: all; `due`: open ones of which the host is to be warned (exit code 1
 * where there is one); `show`: what one says (its person sees that you looked); `answer`: answer it. `receive`: a letter
 * asks for the end of an account; `verify`: it is clear whose letter it is, and how. The studio must not be running.
 */
export const command: Command = {
  usage:
    'requests list|due|show ID|answer ID --grant|--deny --reason TEXT|receive --person HANDLE [--anonymise]|verify ID --how TEXT [--data DIR] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      grant: { type: 'boolean' },
      deny: { type: 'boolean' },
      reason: { type: 'string' },
      person: { type: 'string' },
      anonymise: { type: 'boolean' },
      how: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [verb, id] = positionals
    const answering = verb === 'answer'
    const wellAnswered = (values.grant === true) !== (values.deny === true) && (values.reason ?? '').trim() !== ''
    if (!['list', 'due', 'show', 'answer', 'receive', 'verify'].includes(verb ?? ''))
      throw new UsageError(command.usage)
    if (['show', 'answer', 'verify'].includes(verb ?? '') && id === undefined) throw new UsageError(command.usage)
    if (verb === 'receive' && values.person === undefined) throw new UsageError(command.usage)
    if (verb === 'verify' && (values.how ?? '').trim() === '') throw new UsageError(command.usage)
    if (answering && !wellAnswered) throw new UsageError(command.usage)
    await using studio = await hostStudio(io, values.data)
    if (verb === 'list' || verb === 'due') return list(studio, verb, io, values.json === true)

    if (verb === 'receive') {
      const person = await personOf(studio, values.person as string, io)
      if (person === undefined) return exit.failed
      const { ticket, request } = await studio.rights.receive(person, values.anonymise ? 'anonymise' : 'delete')
      const address = `/ended/${ticket}`
      if (values.json) io.out(`${JSON.stringify({ id: request.id, address, check_until: request.check_until })}\n`)
      else
        io.out(
          `${request.id}  to be made sure of by ${day(request.check_until)}; whoever wrote can see it at ${address}\n`,
        )
      return exit.done
    }
    const [request] = await studio.rights.requests({ id: id as string })
    if (!request) {
      io.err('there is no such request\n')
      return exit.failed
    }
    if (verb === 'verify') {
      const verified = await studio.rights.verify(request.id, values.how as string)
      if (values.json)
        io.out(`${JSON.stringify({ id: verified.id, state: verified.state, due_at: verified.due_at })}\n`)
      else io.out(`${verified.id}  ends ${day(verified.grace_until)}, by ${day(verified.due_at)} at the latest\n`)
      return exit.done
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
    for (const { id, right, state, asked_at, check_until, due_at } of rows) {
      const end = state === 'open' ? `check by ${day(check_until)}` : `due ${day(due_at)}`
      io.out(`${id}  ${right}  ${state}  asked ${day(asked_at)}  ${end}\n`)
    }
  return verb === 'due' && rows.length > 0 ? exit.failed : exit.done
}

function day(moment: Date | undefined): string {
  return moment?.toISOString().slice(0, 10) ?? '-'
}
