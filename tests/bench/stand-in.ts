import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Order } from './stand-in-main.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
const SUPPORT = 'tests/support/telegram'

const MAIN = 'tests/bench/stand-in-main.ts'

/** The stand-in's sources without their types, with all that they import, as they lie in the clone. */
function compile(): { main: string; remove: () => void } {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.cache', 'stand-in-'))
  const files = new Set([MAIN])
  // A set is walked to its end, what is added on the way included.
  for (const file of files) {
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, file), 'utf8'), { compilerOptions })
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file.replace(/ts$/, 'js')), outputText)
    for (const [, path = ''] of outputText.matchAll(/from '(\.[^']+)\.js'/g))
      files.add(`${join(dirname(file), path)}.ts`)
  }
  cpSync(join(ROOT, SUPPORT, 'bot-api.json'), join(folder, SUPPORT, 'bot-api.json'))
  return { main: join(folder, MAIN.replace(/ts$/, 'js')), remove: () => rmSync(folder, { recursive: true }) }
}

export type StandIn = Readonly<{
  ask: <T>(order: Order) => Promise<T>
  close: () => Promise<void>
}>

/** The strict stand-in of Telegram in a process of its own, so that it costs neither side of a comparison anything. */
export function openStandIn(): StandIn {
  const { main, remove } = compile()
  const child = fork(main, { stdio: 'inherit' })
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the stand-in ended')))
  gone.catch(() => {})
  let asking: Promise<unknown> = Promise.resolve()
  const ask = async <T>(order: Order): Promise<T> => {
    await asking
    const answered = once(child, 'message') as Promise<[{ answer: T; violations: string[] }]>
    asking = answered
    child.send(order)
    const [{ answer, violations }] = await Promise.race([answered, gone])
    if (violations.length > 0) throw new Error(violations.join('\n'))
    return answer
  }
  return {
    ask,
    close: async () => {
      await ask({ do: 'close' })
      child.disconnect()
      await gone.catch(() => {})
      remove()
    },
  }
}
