import { join } from 'node:path'
import { ConfigError, parseConfig } from './config.js'
import { AppError } from './core/errors.js'
import { loadTranslations } from './core/i18n.js'
import { createLog, describeError } from './core/log.js'
import { DatabaseProblem } from './database/problem.js'
import { readEnvFile } from './env-file.js'
import { startService } from './service.js'
import { onStopSignal } from './signals.js'

/** `dist/main.js` stands one level below the clone, as `src/main.ts` does. */
const ROOT = join(import.meta.dirname, '..')

async function main(): Promise<void> {
  // What the environment says stands.
  Object.assign(process.env, { ...readEnvFile(join(ROOT, '.env')), ...process.env })
  const config = parseConfig(process.env, ROOT)
  const t = loadTranslations(join(ROOT, 'locales')).for(config.locale)
  const log = createLog(config.logLevel)
  const ending = new AbortController()
  const stop = (code: number): void => {
    if (ending.signal.aborted) return
    ending.abort()
    void starting
      .then((service) => service.stop())
      .catch(() => {})
      .finally(() => process.exit(code))
    console.log(t('cli.start.stopping'))
  }
  const starting = startService({
    config,
    root: ROOT,
    log,
    say: (line) => console.log(line),
    onFatal: () => stop(1),
    signal: ending.signal,
  })
  onStopSignal(process, () => stop(0))
  const service = await starting.catch((error: unknown) => {
    // Who asked us to stop waits for no explanation.
    if (!ending.signal.aborted) throw error
    return null
  })
  if (!service) return
  if (service.administratorCode) console.log(t('cli.start.administrator', { code: service.administratorCode }))
  console.log(t('cli.start.ready', { url: service.url }))
}

/** What went wrong and what to do about it; the exit code says whose turn it is: 2 the settings', 1 everything else. */
function explain(error: unknown): number {
  if (error instanceof ConfigError) {
    console.error('Cấu hình chưa đúng · Wrong settings:')
    for (const problem of error.problems) console.error(`  ${problem}`)
    return 2
  }
  if (error instanceof AppError) {
    const translations = loadTranslations(join(ROOT, 'locales'))
    console.error(`${translations.for('vi').dynamic(error.code, { ...error.params })}`)
    return 1
  }
  console.error(error instanceof DatabaseProblem ? error.message : describeError(error))
  return 1
}

main().catch((error: unknown) => {
  process.exit(explain(error))
})
