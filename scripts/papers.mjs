// node scripts/papers.mjs [folder]: every paper that is made here, written by its tests, as files and, by LibreOffice, as pictures to look at.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT, runNode } from './lib/run.mjs'

const folder = resolve(process.argv[2] ?? join(ROOT, 'papers-look'))
mkdirSync(folder, { recursive: true })
process.env.PAPERS = folder
const { code } = await runNode('node_modules/vitest/vitest.mjs', ['run', 'tests/papers'])
if (code !== 0) process.exit(code)
const run = (program, args) => execFileSync(program, args, { cwd: folder, stdio: 'inherit' })
const files = (end) => readdirSync(folder).filter((one) => one.endsWith(end))
// Debian: libreoffice-writer, libreoffice-calc, poppler-utils.
run('soffice', ['--headless', '--convert-to', 'pdf', ...files('.docx'), ...files('.xlsx')])
for (const pdf of files('.pdf')) run('pdftoppm', ['-r', '60', '-png', pdf, pdf.slice(0, -4)])
console.log(folder)
