/** A route with gate, vault and ledger against the bare route that reads the same row (aim: 0.9x at 64 clients). */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { median, type Row, ratioRow, type Section } from './measure.ts'

const REQUESTS = 2_000
const ROUNDS = 5
const CLIENTS = [1, 16, 64]

async function load(url: string, clients: number, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  let left = requests
  const start = performance.now()
  const one = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`))
        response.resume().once('end', resolve)
      }).once('error', reject)
    })
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left-- > 0) await one()
    }),
  )
  agent.destroy()
  return requests / ((performance.now() - start) / 1000)
}

export async function route(): Promise<Section> {
  const server = fork(new URL('./route-server.ts', import.meta.url), { execArgv: [] })
  const [address] = (await once(server, 'message')) as [string]
  const rows: Row[] = []
  for (const clients of CLIENTS) {
    const requests = clients === 1 ? REQUESTS / 4 : REQUESTS
    const rates: Record<'bare' | 'gated', number[]> = { bare: [], gated: [] }
    await load(`${address}/bare`, clients, requests / 4)
    await load(`${address}/gated`, clients, requests / 4)
    for (let round = 0; round < ROUNDS; round++)
      for (const name of round % 2 ? (['gated', 'bare'] as const) : (['bare', 'gated'] as const))
        rates[name].push(await load(`${address}/${name}`, clients, requests))
    const [bare, gated] = [median(rates.bare), median(rates.gated)]
    const what = `${clients} client${clients > 1 ? 's' : ''}: ${gated.toFixed(0)}/s against ${bare.toFixed(0)}/s`
    rows.push(clients === 64 ? ratioRow(what, gated / bare, 0.9) : { what, value: `${(gated / bare).toFixed(2)}x` })
  }
  server.kill()
  return { title: 'A route with gate, vault and ledger against the bare route', rows }
}
