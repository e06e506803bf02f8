/** Which account a list shows: all of them, or one. */
import { Dropdown, Option, makeStyles } from '@fluentui/react-components'
import type { AccountId } from '../../shared/model/account.ts'

const useStyles = makeStyles({ root: { minWidth: '140px', width: 'clamp(140px, 15vw, 200px)' } })

export interface NamedAccount {
  readonly id: AccountId
  readonly name: string
}

export function AccountPicker(props: {
  readonly accounts: readonly NamedAccount[]
  readonly chosen: AccountId | null
  readonly onChoose: (accountId: AccountId | null) => void
  readonly label: string
  readonly allWords: string
}) {
  const styles = useStyles()
  const { accounts, chosen, onChoose, label, allWords } = props
  return (
    <Dropdown
      className={styles.root}
      aria-label={label}
      value={accounts.find(({ id }) => id === chosen)?.name ?? allWords}
      selectedOptions={[chosen ?? '']}
      onOptionSelect={(_, data) => onChoose(data.optionValue === '' || data.optionValue === undefined ? null : data.optionValue)}
    >
      <Option value="">{allWords}</Option>
      {accounts.map(({ id, name }) => (
        <Option key={id} value={id}>{name}</Option>
      ))}
    </Dropdown>
  )
}
