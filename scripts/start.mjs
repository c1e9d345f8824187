// `npm start`: makes the clone ready and becomes the service. Needs nothing installed.
import { prepare } from './lib/prepare.mjs'

/**
 * npm that is killed outright cannot pass a signal on, and we would live on unseen. Only where npm started us: a process
 * that somebody put into the background by hand is meant to outlive its shell.
 */
function stopWithNpm() {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event || parent <= 1) return
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return
    clearInterval(timer)
    process.emit('SIGTERM', 'SIGTERM')
  }, 1_000)
  timer.unref()
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

try {
  await prepare({ say: (line) => console.log(line), output: 'show' })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
stopWithNpm()
await import('../dist/main.js')
