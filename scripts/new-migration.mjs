#!/usr/bin/env node
// node scripts/new-migration.mjs NAME
//
// Writes prisma/migrations/<timestamp>_<NAME>/migration.sql: what turns the schema as it was at the last migration
// (prisma/migrations/schema.snapshot.json) into prisma/schema as it is now, and moves the snapshot on.
// Prisma's own `migrate diff` needs a downloaded engine and a shadow database; the same engine as WebAssembly needs neither.
// What Prisma cannot say (CHECK, EXCLUDE, partial indexes, functions) is then added by hand to the new file.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const migrations = join(root, 'prisma', 'migrations')
const snapshotFile = join(migrations, 'schema.snapshot.json')
const require = createRequire(import.meta.url)
const { bindMigrationAwareSqlAdapterFactory } = createRequire(require.resolve('@prisma/adapter-pg'))(
  '@prisma/driver-adapter-utils',
)

/** The package's own entry imports `.wasm` as a module, which Node does only behind a flag: instantiated here by hand. */
async function loadEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

/** `{ "meetings.prisma": "…" }`, sorted, so that the snapshot's changes read well in a review. */
function readSchema() {
  const folder = join(root, 'prisma', 'schema')
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.prisma'))
    .sort()
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

function readSnapshot() {
  try {
    return JSON.parse(readFileSync(snapshotFile, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

const target = (schema) =>
  schema === null
    ? { tag: 'empty' }
    : {
        tag: 'schemaDatamodel',
        files: Object.entries(schema).map(([path, content]) => ({ path, content })),
      }

/** The engine insists on a connection before it compares two texts. This one only says which dialect to write. */
function offlineAdapter() {
  const answer = async () => ({ columnNames: [], columnTypes: [], rows: [] })
  const connection = {
    provider: 'postgres',
    adapterName: 'offline',
    queryRaw: answer,
    executeRaw: async () => 0,
    executeScript: async () => {},
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: async () => {},
  }
  const connect = async () => connection
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: 'offline',
    connect,
    connectToShadowDb: connect,
  })
}

async function diff(from, to) {
  const SchemaEngine = await loadEngine()
  const datamodels = Object.entries(to)
  const engine = await SchemaEngine.new({ datamodels }, () => {}, offlineAdapter())
  const filters = { externalTables: [], externalEnums: [] }
  const { stdout } = await engine.diff({ from: target(from), to: target(to), script: true, exitCode: null, filters })
  return stdout ?? ''
}

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: node scripts/new-migration.mjs NAME   (small letters, digits and _)')
  process.exit(2)
}
const schema = readSchema()
const sql = await diff(readSnapshot(), schema)
if (/^-- This is an empty migration/.test(sql))
  console.log('The schema has not changed: the new file is empty, for SQL by hand.')
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const folder = join(migrations, `${stamp}_${name}`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'migration.sql'), sql)
writeFileSync(snapshotFile, `${JSON.stringify(schema, null, 2)}\n`)
console.log(`Written: ${join('prisma', 'migrations', `${stamp}_${name}`, 'migration.sql')}`)
