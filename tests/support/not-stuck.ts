import { Worker } from 'node:worker_threads'

/** No turn of a test takes so long; what does will never end, and no test's own time limit can ring while it runs. */
const MOST_MS = 120_000

/**
 * Watches from a thread of its own. Where nothing else runs for too long, it prints where the code stands and ends the
 * process, so that the run fails with a place to look at and does not hang.
 */
const WATCH = `
  const { writeSync } = require('node:fs')
  const { Session } = require('node:inspector')
  const { workerData } = require('node:worker_threads')
  const beat = new Int32Array(workerData)
  const end = (text) => {
    writeSync(2, text)
    process.kill(process.pid, 'SIGKILL')
  }
  setInterval(() => {
    if (Atomics.exchange(beat, 0, 0) > 0) return
    const session = new Session()
    session.connectToMainThread()
    const scripts = new Map()
    session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url))
    session.on('Debugger.paused', ({ params }) => {
      const frames = params.callFrames.map(
        ({ functionName, location }) => functionName + ' ' + scripts.get(location.scriptId) + ':' + (location.lineNumber + 1))
      end('\\nnothing else has run for ${MOST_MS / 1000} s; the code stands at\\n  ' + frames.join('\\n  ') + '\\n')
    })
    session.post('Debugger.enable')
    session.post('Debugger.pause')
    setTimeout(() => end('\\nnothing has run for ${MOST_MS / 1000} s, and the code does not stop\\n'), 5_000)
  }, ${MOST_MS})`

const MARK = Symbol.for('kyhop.tests.watch')
const once = globalThis as { [MARK]?: true }

// Files of a worker share their globals: one watch is enough for all of them.
if (!once[MARK]) {
  once[MARK] = true
  const shared = new SharedArrayBuffer(4)
  const beat = new Int32Array(shared)
  setInterval(() => Atomics.add(beat, 0, 1), 1_000).unref()
  new Worker(WATCH, { eval: true, workerData: shared }).unref()
}
