/** Which table, and which PDFs belong to it. */
import { Button, makeStyles, Spinner, Subtitle2, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text, tokens } from '@fluentui/react-components'
import { DocumentPdfRegular, FolderRegular, TableRegular } from '@fluentui/react-icons'
import { type DragEvent, useRef } from 'react'
import { useFormat, useText } from '../text/use-text.tsx'
import { PageFrame } from '../wizard/page-frame.tsx'
import type { Batch } from './use-batch.ts'

const useStyles = makeStyles({
  drop: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: tokens.spacingHorizontalXL, border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`, borderRadius: tokens.borderRadiusLarge },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0 },
  heading: { margin: 0 },
  scroll: { overflowX: 'auto' },
  cell: { maxWidth: '220px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function FilePage({ batch }: { readonly batch: Batch }) {
  const { batches: { file: words } } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { state, openTable, choosePdfs } = batch
  const { table, pdfs } = state
  const [tablePicker, pdfPicker, folderPicker] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const take = (files: readonly File[]) => {
    const first = files.find(({ name }) => !/\.pdf$/i.test(name))
    if (first !== undefined) void openTable(first)
    const papers = files.filter(({ name }) => /\.pdf$/i.test(name))
    if (papers.length > 0) choosePdfs(papers)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    take([...event.dataTransfer.files])
  }
  return (
    <PageFrame title={words.title} body={words.body}>
      <div className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <Button appearance={table === null ? 'primary' : 'secondary'} icon={<TableRegular />} onClick={() => tablePicker.current?.click()}>{table === null ? words.choose : words.other}</Button>
        <input ref={tablePicker} type="file" hidden aria-label={words.choose} accept=".csv,.json,.xlsx,.txt" onChange={(event) => { take([...(event.target.files ?? [])]); event.target.value = '' }} />
        {state.reading ? <Spinner size="tiny" label={words.reading} /> : table === null ? <Text className={styles.quiet}>{words.drop}</Text> : <Text weight="semibold">{words.found(format.number(table.rows), table.name)}</Text>}
      </div>
      {table !== null && (
        <section className={styles.section} aria-label={words.pdfs}>
          <Subtitle2 as="h2" className={styles.heading}>{words.pdfs}</Subtitle2>
          <Text className={styles.quiet}>{words.pdfsHint}</Text>
          <div className={styles.row}>
            <Button icon={<FolderRegular />} onClick={() => folderPicker.current?.click()}>{words.chooseFolder}</Button>
            <Button icon={<DocumentPdfRegular />} onClick={() => pdfPicker.current?.click()}>{words.choosePdfs}</Button>
            <Text>{pdfs.length === 0 ? words.noPdfs : words.chosenPdfs(format.number(pdfs.length))}</Text>
          </div>
          <input ref={pdfPicker} type="file" hidden multiple accept=".pdf" aria-label={words.choosePdfs} onChange={(event) => choosePdfs([...(event.target.files ?? [])])} />
          <input ref={(element) => { folderPicker.current = element; element?.setAttribute('webkitdirectory', '') }} type="file" hidden multiple aria-label={words.chooseFolder} onChange={(event) => choosePdfs([...(event.target.files ?? [])])} />
        </section>
      )}
      {table !== null && (
        <section className={styles.section} aria-label={words.sample}>
          <Subtitle2 as="h2" className={styles.heading}>{words.sample}</Subtitle2>
          <div className={styles.scroll} tabIndex={0} role="group" aria-label={words.sample}>
            <Table size="small" aria-label={words.sample} style={{ tableLayout: 'auto' }}>
              <TableHeader><TableRow>{table.columns.map((column) => <TableHeaderCell key={column}>{column}</TableHeaderCell>)}</TableRow></TableHeader>
              <TableBody>
                {table.sample.map((row, index) => <TableRow key={index}>{row.map((cell, at) => <TableCell key={at} className={styles.cell} title={cell}>{cell}</TableCell>)}</TableRow>)}
              </TableBody>
            </Table>
          </div>
        </section>
      )}
    </PageFrame>
  )
}
