import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Command, CommanderError } from 'commander'
import { backup, restore } from './backup.js'
import { addUnit, appoint, dissolve, importRoster, invite, moveUnit, transfer } from './cli/organization.js'
import { readSettings, type Session, withSession } from './cli/session.js'
import { signInToZalo } from './cli/zalo.js'
import { ConfigError } from './config.js'
import { AppError } from './core/errors.js'
import { loadTranslations } from './core/i18n.js'
import { describeError } from './core/log.js'
import { DatabaseProblem } from './database/problem.js'
import { examine } from './doctor.js'
import { beginPersonalSignIn } from './platforms.js'

const print = (text: string): void => console.log(text)

/** Ends with the code that scripts read: 1 when something was refused or is wrong. */
const finish = (isWell: boolean): void => {
  if (!isWell) process.exitCode = 1
}

const doctor = (session: Session): Promise<void> =>
  examine({ ...session, database: session.server }).then((findings) => {
    const sign = { ok: '✓', warning: '!', wrong: '✗' }
    for (const one of findings)
      print(`${sign[one.state]} ${session.t.dynamic(`cli.doctor.${one.code}`, { ...one.params })}`)
    finish(findings.every((one) => one.state !== 'wrong'))
  })

const program = new Command('kyhop')
  .description('Kỳ Họp: the meetings of Party cells. All commands work while the service runs.')
  .showHelpAfterError()
  .exitOverride()

program
  .command('unit <name>')
  .description('add a unit to the tree, from the top down')
  .requiredOption('--kind <kind>', 'cell, departmental, grassroots, commune, bloc or provincial')
  .option('--under <name>', 'the unit above it')
  .action((name, options) => withSession(async (session) => print(await addUnit(session, name, options))))

program
  .command('appoint <person>')
  .description('give a person a role: committee_member, office, follower, secretary, deputy, administrator …')
  .requiredOption('--role <role>', 'the role')
  .option('--unit <name>', 'where; without it the unit at the top')
  .action((person, options) => withSession(async (session) => print(await appoint(session, person, options))))

program
  .command('move <unit>')
  .description('place a unit under another from today; its history stays')
  .requiredOption('--under <name>', 'the new unit above it')
  .action((name, options) => withSession(async (session) => print(await moveUnit(session, name, options))))

program
  .command('dissolve <unit>')
  .description('end a unit from tomorrow; its history stays')
  .action((name) => withSession(async (session) => print(await dissolve(session, name))))

program
  .command('transfer <person>')
  .description('make somebody a member of another cell from today')
  .requiredOption('--to <cell>', 'the new cell')
  .option('--from <unit>', 'where the person is now; without it everywhere under the unit at the top')
  .action((person, options) => withSession(async (session) => print(await transfer(session, person, options))))

program
  .command('import <file>')
  .description('read a roster: XLSX, XLS, ODS or CSV')
  .option('--unit <name>', 'a cell, or a committee whose cells the file names; without it the unit at the top')
  .option('--dry-run', 'show what would change and change nothing')
  .option('--strict', 'import nothing if any row cannot be read')
  .action((file, options) =>
    withSession(async (session) => {
      const { lines, refused } = await importRoster(session, file, options)
      for (const line of lines) print(line)
      finish(!refused)
    }),
  )

program
  .command('invite')
  .description('one-time codes for those who are not yet linked')
  .option('--unit <name>', 'a unit and everything under it')
  .option('--member <name>', 'one person, also for a second phone')
  .option('--role <role>', 'only those who hold it')
  .option('--json', 'for programs')
  .action((options) => withSession(async (session) => print(await invite(session, options))))

program
  .command('zalo')
  .description("sign in to a person's own Zalo account by a QR code here (needs ZALO_PERSONAL=1; read its risk first)")
  .action(() =>
    withSession(async (session) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr })
      try {
        const ask = (question: string): Promise<string> => lines.question(question)
        await signInToZalo(session, { print, ask }, beginPersonalSignIn)
      } finally {
        lines.close()
      }
    }),
  )

program
  .command('doctor')
  .description('look at settings, database, channels, clock and disk: what is wrong and what to do')
  .action(() => withSession(doctor))

program
  .command('backup <file>')
  .description('write everything to one file while the service runs')
  .action((path) =>
    withSession(async ({ server, blobs, now, t }) => {
      print(t('cli.backup.done', { ...(await backup({ url: server.directUrl, blobs, path, now })), path }))
    }),
  )

program
  .command('restore <file>')
  .description('put a backup in the place of what is there')
  .option('--replace', 'also where there are members already')
  .action((path, { replace = false }) =>
    withSession(async ({ server, blobs, now, t }) => {
      print(t('cli.restore.done', { ...(await restore({ url: server.directUrl, blobs, path, now, replace })) }))
    }),
  )

/** Standard error gets the sentence; the exit code is 2 for settings and usage, 1 for everything else. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof ConfigError) {
    console.error(error.problems.join('\n'))
    return 2
  }
  if (error instanceof AppError) {
    const { t } = settingsOrDefault()
    console.error(t.dynamic(error.code, { ...error.params }))
    return 1
  }
  console.error(error instanceof DatabaseProblem ? error.message : describeError(error))
  return 1
}

const settingsOrDefault = (): { t: ReturnType<typeof readSettings>['t'] } => {
  try {
    return readSettings()
  } catch {
    return { t: loadTranslations(join(import.meta.dirname, '..', 'locales')).for('vi') }
  }
}

program.parseAsync().catch((error: unknown) => {
  process.exitCode = explain(error)
})
