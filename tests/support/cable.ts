import { connect, createServer, type Socket } from 'node:net'

/** A way to the database at `to` that a test can cut, as a cable: both ends notice at once, nothing is said any more. */
export async function aCable(to: string) {
  const url = new URL(to)
  const folder = url.searchParams.get('host')
  const database = folder ? { path: `${folder}/.s.PGSQL.${url.port}` } : { port: Number(url.port), host: url.hostname }
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(database)
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => {}).on('close', () => (end === near ? far : near).destroy())
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as { port: number }).port)
  return {
    url: url.href,
    cut: () => {
      isCut = true
      for (const end of open) end.destroy()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      server.close()
    },
  }
}
