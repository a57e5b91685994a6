/**
 * `npm run clauses`: prints every clause with the tests that name it, breaks the rule behind each clause of the table,
 * and looks whether the named test fails. A clause whose test passes all the same counts as unproven. With `--list`
 * nothing is broken; words after it choose clauses (`C209`) or files; `--write` keeps the result as evidence, of all
 * clauses or of those that were chosen by their numbers.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Mutation, ROOT } from './mutation.ts'
import { mutations } from './mutations.ts'
import { CLAUSES, proofsByClause } from './proofs.ts'
import { type Outcome, Trials } from './trial.ts'
import { unproven as noRule } from './unproven.ts'

/** Trials at the same time: each takes a processor, and waits for its disk now and then. */
const AT_ONCE = Math.floor(availableParallelism() / 2) + 1

const words = process.argv.slice(2)
const list = words.includes('--list')
const write = words.includes('--write')
const chosen = words.filter((word) => !word.startsWith('--'))
const wanted = ({ clauses, file, test }: Mutation) =>
  chosen.length === 0 ||
  chosen.some((word) => clauses.some((clause) => word === `C${clause}`) || file.includes(word) || test.includes(word))

const proofs = proofsByClause()
const todo = list ? [] : mutations.filter(wanted)
const outcomes = new Map<Mutation, Outcome>()
if (todo.length > 0) {
  using trials = new Trials()
  await trials.ready()
  const passing = await trials.passing(todo)
  const left = [...todo]
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const now = passing.has(one) ? await trials.outcome(one) : 'absent'
      outcomes.set(one, now)
      const numbers = one.clauses.map((clause) => `C${clause}`).join(' ')
      console.log(`${outcomes.size}/${todo.length} ${now.padEnd(10)} ${numbers} ${one.file}: ${one.name}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

const proven = new Set<number>()
const unproven: string[] = []
for (let clause = 1; clause <= CLAUSES; clause++) {
  const tests = proofs.get(clause) ?? []
  const mine = todo.filter((one) => one.clauses.includes(clause))
  const holds = mine.length > 0 && mine.every((one) => outcomes.get(one) === 'held')
  if (holds) proven.add(clause)
  else if (mine.length > 0) unproven.push(`C${clause}`)
  const state = holds ? 'proven' : mine.length > 0 ? 'UNPROVEN' : tests.length > 0 ? 'tested' : '-'
  console.log(`C${String(clause).padEnd(4)}${state}`)
  for (const { file, name } of tests) console.log(`        ${file}${name === '' ? '' : `: ${name}`}`)
  for (const { file, test, name } of mine) console.log(`        breaks ${file}; ${test}: ${name}`)
}
const broken = list ? 'nothing was broken' : `${proven.size} proven by a broken rule`
console.log(`\n${CLAUSES} clauses: ${proofs.size} named by tests, ${broken}`)
if (unproven.length > 0) console.log(`unproven: ${unproven.join(' ')}`)
console.log('\nof the clauses about privacy no rule is broken for:')
for (const [clause, why] of Object.entries(noRule)) console.log(`C${clause}: ${why}`)
if (write && !list) writeEvidence()
process.exitCode = unproven.length > 0 ? 1 : 0

/** What the control register shows as the last evidence of each clause. */
function writeEvidence(): void {
  const clauses = new Set([...proofs.keys(), ...todo.flatMap((one) => one.clauses)])
  const rows = [...clauses]
    .sort((a, b) => a - b)
    .map((clause) => {
      const mine = todo.filter((one) => one.clauses.includes(clause))
      const named = (proofs.get(clause) ?? []).filter(({ name }) => name !== '')
      const tests = [...named, ...mine.map(({ test, name }) => ({ file: test, name }))]
      const once = new Map(tests.map((proof) => [`${proof.file} ${proof.name}`, proof]))
      return {
        clause,
        rules: [...new Set(mine.map(({ file }) => file))],
        tests: [...once.values()],
        proven: proven.has(clause),
      }
    })
    .filter(({ clause }) => chosen.length === 0 || chosen.includes(`C${clause}`))
  const file = join(ROOT, 'server/src/register/evidence.json')
  const before = JSON.parse(readFileSync(file, 'utf8')) as { rows: typeof rows }
  const kept = chosen.length === 0 ? [] : before.rows.filter(({ clause }) => !rows.some((row) => row.clause === clause))
  const all = [...kept, ...rows].sort((a, b) => a.clause - b.clause)
  const evidence = { made_at: new Date().toISOString(), broken: mutations.length, rows: all }
  writeFileSync(file, `${JSON.stringify(evidence, null, 1)}\n`)
}
