import { z } from 'zod'
import { type Command, type Context, command, type FileTaker, type NoteChoice } from '../conversation/types.js'
import { dropUpload, getUpload } from '../conversation/uploads.js'
import { dateIn } from '../core/dates.js'
import { checkFile } from '../materials/rules.js'
import { getCell } from '../meetings/cell.js'
import { isPermittedEverywhere, unitsOf } from '../organization/permissions.js'
import { ask } from './commands.js'
import { PAPER_NAMES, type PaperName } from './layouts.js'
import { NAMES, previewName, sampleName } from './template-papers.js'
import { endTemplate, listTemplates, recordTemplate } from './template-store.js'

const SETS = { scope: 'unit', permission: 'sheet.set' } as const
const unit = { unitId: z.uuid() }
const upload = { ...unit, uploadId: z.uuid() }
const paper = z.enum(PAPER_NAMES)

/** A Word file of somebody who may set templates. */
export const templateTaker: FileTaker = {
  name: 'papers.template',
  permits: async (_tx, { roles }) =>
    unitsOf(roles, 'sheet.set').length > 0 || isPermittedEverywhere(roles, 'sheet.set'),
  recognizes: async (bytes, fileName) => {
    const check = checkFile(fileName, bytes)
    return check.kind === 'accepted' && check.fileName.toLowerCase().endsWith('.docx')
  },
  label: 'papers.template.use',
  command: 'papers.template-take',
}

const title = (name: PaperName) => ({ key: `papers.paper.${name}` })

/** Which papers the unit has in its own form, and how to get there. */
async function showTemplates(ctx: Context, unitId: string): Promise<void> {
  const { name, zone } = await getCell(ctx.tx, unitId)
  const own = await listTemplates(ctx.tx, unitId)
  const stateOf = (one: PaperName) => {
    const template = own.find((each) => each.paper === one)
    return template
      ? {
          key: 'papers.template.own',
          params: { since: { date: dateIn(template.setAt, zone), style: 'day-month-year' } },
        }
      : { key: 'papers.template.common' }
  }
  const sampleChoice = (one: PaperName): NoteChoice[] => [
    {
      label: 'papers.template.button.sample',
      params: { paper: title(one) },
      command: 'papers.template-sample',
      args: { unitId, paper: one },
    },
  ]
  const resetChoice = ({ paper: one }: { paper: PaperName }): NoteChoice[] => [
    {
      label: 'papers.template.button.reset',
      params: { paper: title(one) },
      command: 'papers.template-reset',
      args: { unitId, paper: one },
    },
  ]
  await ctx.note(
    'papers.template.list',
    {
      unit: name,
      ...Object.fromEntries(PAPER_NAMES.map((one) => [one, stateOf(one)])),
      example: '{{chi_bo}}',
    },
    {
      choices: [
        ...PAPER_NAMES.map(sampleChoice),
        [{ label: 'papers.template.button.names', command: 'papers.template-names', args: { unitId } }],
        ...own.map(resetChoice),
      ],
    },
  )
}

const askPaper = async (ctx: Context, unitId: string, uploadId: string): Promise<void> => {
  const { name } = await getCell(ctx.tx, unitId)
  await getUpload(ctx.tx, uploadId, ctx.actor.personId)
  await ctx.note(
    'papers.template.which',
    { unit: name },
    {
      choices: [
        ...PAPER_NAMES.map((one): NoteChoice[] => [
          { label: `papers.paper.${one}`, command: 'papers.template-try', args: { unitId, uploadId, paper: one } },
        ]),
        [{ label: 'papers.template.button.drop', command: 'papers.template-drop', args: { unitId, uploadId } }],
      ],
    },
  )
}

/** An office's own form for a paper, for everything under its unit: sent, looked at, then set. */
export const templateCommands: Command[] = [
  command(
    'papers.templates',
    { ...SETS, args: z.object(unit), slash: ['mau', 'templates'], words: ['mẫu giấy tờ', 'mẫu biên bản', 'templates'] },
    (ctx, { unitId }) => showTemplates(ctx, unitId),
  ),
  command('papers.template-sample', { ...SETS, args: z.object({ ...unit, paper }) }, (ctx, args) =>
    ask(ctx, { paper: sampleName(args.paper), unitId: args.unitId }),
  ),
  command('papers.template-names', { ...SETS, args: z.object(unit) }, (ctx, { unitId }) =>
    ask(ctx, { paper: NAMES, unitId }),
  ),
  command('papers.template-take', { ...SETS, args: z.object(upload) }, (ctx, args) =>
    askPaper(ctx, args.unitId, args.uploadId),
  ),
  command('papers.template-try', { ...SETS, args: z.object({ ...upload, paper }) }, async (ctx, args) => {
    await getUpload(ctx.tx, args.uploadId, ctx.actor.personId)
    await ask(ctx, { paper: previewName(args.paper), unitId: args.unitId, subjectId: args.uploadId })
  }),
  command('papers.template-set', { ...SETS, args: z.object({ ...upload, paper }) }, async (ctx, args) => {
    const { sha256 } = await getUpload(ctx.tx, args.uploadId, ctx.actor.personId)
    const { name } = await getCell(ctx.tx, args.unitId)
    await recordTemplate(ctx.tx, args, sha256, { byId: ctx.actor.personId, now: ctx.now })
    await ctx.note('papers.template.set', { paper: title(args.paper), unit: name })
  }),
  command('papers.template-drop', { ...SETS, args: z.object(upload) }, async (ctx, { uploadId }) => {
    await getUpload(ctx.tx, uploadId, ctx.actor.personId)
    await dropUpload(ctx.tx, uploadId)
    await ctx.note('papers.template.dropped')
  }),
  command('papers.template-reset', { ...SETS, args: z.object({ ...unit, paper }) }, async (ctx, args) => {
    const { name } = await getCell(ctx.tx, args.unitId)
    await endTemplate(ctx.tx, { unitId: args.unitId, paper: args.paper }, ctx.now)
    await ctx.note('papers.template.reset', { paper: title(args.paper), unit: name })
  }),
]
