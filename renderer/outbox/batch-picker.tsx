/** Which batch a list shows: all mails, or those of one table that was queued. */
import { Dropdown, makeStyles, Option } from '@fluentui/react-components'
import type { BatchRow } from '../../shared/model/batch.ts'
import { useFormat, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({ root: { minWidth: '140px', width: 'clamp(140px, 15vw, 200px)' } })

export function BatchPicker({ batches, chosen, onChoose }: { readonly batches: readonly BatchRow[]; readonly chosen: string | null; readonly onChoose: (batchId: string | null) => void }) {
  const { sending } = useText()
  const format = useFormat()
  const styles = useStyles()
  const nameOf = ({ name, mails }: BatchRow) => sending.batchWith(name, format.number(mails))
  const one = batches.find(({ id }) => id === chosen)
  return (
    <Dropdown
      className={styles.root}
      aria-label={sending.batch}
      value={one === undefined ? sending.allBatches : nameOf(one)}
      selectedOptions={[chosen ?? '']}
      onOptionSelect={(_, data) => onChoose(data.optionValue === '' || data.optionValue === undefined ? null : data.optionValue)}
    >
      <Option value="">{sending.allBatches}</Option>
      {batches.map((batch) => (
        <Option key={batch.id} value={batch.id} text={nameOf(batch)}>{`${nameOf(batch)} · ${format.shortDate(batch.createdAt)}`}</Option>
      ))}
    </Dropdown>
  )
}
