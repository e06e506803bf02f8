/** The bytes of a small XLSX file: a ZIP archive, stored without compression, with one sheet of strings and numbers. */
import { deflateRawSync } from 'node:zlib'
import { storedZip } from '../../electron/outbox/batches/stored-zip.ts'

/** `xml` is what stands within the cell. */
type Cell = string | number | null | { readonly xml: string; readonly type: string }

export function xlsxOf(rows: readonly (readonly Cell[])[]): Buffer {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packaged = 'http://schemas.openxmlformats.org/package/2006'
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const sheet = rows.map((row, y) => `<row r="${y + 1}">${row.map((cell, x) => cellXml(cell, `${String.fromCharCode(65 + x)}${y + 1}`)).join('')}</row>`).join('')
  return storedZip(new Map(Object.entries({
    '[Content_Types].xml': `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  }).map(([name, text]) => [name, Buffer.from(text)])))
}

function cellXml(cell: Cell, place: string): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return `<c r="${place}" t="${cell.type}">${cell.xml}</c>`
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  return `<c r="${place}" t="inlineStr"><is><t>${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`
}

/** A workbook whose only file unpacks to so many spaces; `told` is what it says it unpacks to. */
export function bombOf(bytes: number, told = bytes): Buffer {
  // Sixteen times the same stretch, each ended where the next one can begin.
  const stretch = deflateRawSync(Buffer.alloc(bytes / 16, ' '), { finishFlush: 2 })
  const packed = Buffer.concat([...Array.from({ length: 16 }, () => stretch), deflateRawSync(Buffer.alloc(0))])
  const zip = storedZip(new Map([['xl/workbook.xml', packed]]))
  const directory = zip.indexOf(Buffer.from('PK\u0001\u0002'))
  for (const [method, size] of [[8, 22], [directory + 10, directory + 24]] as const) {
    zip.writeUInt16LE(8, method)
    zip.writeUInt32LE(told, size)
  }
  return zip
}
