import { Client } from 'pg'

/** Takes every row out of the sandbox's database. What has been migrated stays so. */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_%'`,
    )
    await client.query(`TRUNCATE ${rows.map((row) => row.name).join(', ')} CASCADE`)
  } finally {
    await client.end()
  }
}
