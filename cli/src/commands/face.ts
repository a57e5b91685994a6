import { oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'

/** Faces in pictures: where their points are. */
export const command: Command = {
  usage: 'face points IN [--json]',
  async run(args, io) {
    const [verb, ...rest] = args
    if (verb === 'points') return await points(rest, io)
    throw new UsageError('face points')
  },
}

async function points(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean' } })
  const found = await work({ kind: 'face_points' }, { input: oneInput(positionals, io) }, io)
  if (values.json) io.out(`${JSON.stringify(found)}\n`)
  else
    for (const { box, pose, quality } of found.faces)
      io.out(
        `${Math.round(box.width)}x${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}  ` +
          `yaw ${Math.round(pose.yaw)} pitch ${Math.round(pose.pitch)} roll ${Math.round(pose.roll)}  ` +
          `${quality.reasons.length === 0 ? 'good' : quality.reasons.join(', ')}\n`,
      )
  return exit.done
}
