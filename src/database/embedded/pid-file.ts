import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { kill } from 'node:process'
import { WINDOWS } from './binaries.js'
import type { Place } from './place.js'

/** What `postmaster.pid` says of the server that is, or was, running there. */
export type Running = Readonly<{ pid: number; port: number; host: string }>

/** Line by line: pid, data folder, start time, port, socket folder, listen address (PostgreSQL, miscinit.h). */
export function findPidFile(place: Place): Running | null {
  try {
    const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    const host = WINDOWS ? '127.0.0.1' : lines[4] || place.socket
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) || 5432, host } : null
  } catch {
    return null
  }
}

/** Whether a process of that number runs. A zombie does not: a container without an init process keeps them. */
export function isAlive(pid: number): boolean {
  try {
    kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return true // no /proc here
  }
}

/**
 * Removes what a dead server left: PostgreSQL itself refuses to start where the number in its file has since been given
 * to another process, which is usual after a restart of a container.
 */
export function removeStale(place: Place): void {
  for (const file of [
    join(place.cluster, 'postmaster.pid'),
    join(place.socket, '.s.PGSQL.5432.lock'),
    join(place.socket, '.s.PGSQL.5432'),
  ])
    rmSync(file, { force: true })
}
