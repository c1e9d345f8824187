type Source = Readonly<{ on: (signal: 'SIGTERM' | 'SIGINT', listener: () => void) => unknown }>

/**
 * Calls `stop` once, whatever and however often we are asked. It goes on listening: at a terminal Ctrl-C reaches us
 * twice, from the terminal and from npm, and a signal that nobody listens to ends the process in the middle of its work.
 */
export function onStopSignal(source: Source, stop: () => void): void {
  let asked = false
  const ask = (): void => {
    if (asked) return
    asked = true
    stop()
  }
  source.on('SIGTERM', ask)
  source.on('SIGINT', ask)
}
