import { fold } from '../core/text.js'
import type { Command } from './types.js'

export type Called = Readonly<{ command: Command; text: string | null }>

export type Registry = Readonly<{
  find: (name: string) => Command | null
  /** `/doilich 25/12`: the command and what stands behind it; null: no such name. */
  findBySlash: (text: string) => Called | null
  /** A whole message that is a command's words or its bare name, with or without accents. */
  findByWords: (text: string) => Called | null
  /** Words or a bare name with something behind it, for commands that take text. */
  findByOpening: (text: string) => Called | null
}>

/** Joins what the rooms export. Two commands of one name or word are a mistake in the wiring. */
export function createRegistry(commands: readonly Command[]): Registry {
  const byName = new Map<string, Command>()
  const bySlash = new Map<string, Command>()
  const byWords = new Map<string, Command>()
  const add = (map: Map<string, Command>, key: string, one: Command): void => {
    if (map.has(key) && map.get(key) !== one) throw new Error(`two commands for "${key}"`)
    map.set(key, one)
  }
  for (const one of commands) {
    add(byName, one.name, one)
    for (const name of one.slash) add(bySlash, name, one)
    for (const words of [...one.slash, ...one.words]) add(byWords, fold(words), one)
  }

  const longestFirst = [...byWords.keys()].sort((a, b) => b.length - a.length)

  return {
    find: (name) => byName.get(name) ?? null,
    findBySlash: (text) => {
      const match = /^\/([a-z0-9_]+)(?:@\S+)?(?:\s+([\s\S]*))?$/i.exec(text.trim())
      const found = match && bySlash.get((match[1] ?? '').toLowerCase())
      return found ? { command: found, text: match[2]?.trim() || null } : null
    },
    findByWords: (text) => {
      const found = byWords.get(fold(text))
      return found ? { command: found, text: null } : null
    },
    findByOpening: (text) => {
      const folded = fold(text)
      const words = longestFirst.find((key) => folded.startsWith(`${key} `) && byWords.get(key)?.takesText)
      const found = words ? byWords.get(words) : undefined
      if (!words || !found) return null
      return { command: found, text: dropWords(text, words.split(' ').length) }
    },
  }
}

/** The text behind its first `count` words, as it was typed. */
const dropWords = (text: string, count: number): string =>
  text
    .trim()
    .replace(new RegExp(`^(?:[\\p{L}\\p{M}\\p{N}]+[^\\p{L}\\p{M}\\p{N}]*){${count}}`, 'u'), '')
    .trim()
