/** What a list is narrowed down to: everything, or what belongs to one account or one batch. A long name is cut on its one line. */
import { Dropdown, makeStyles, Option } from '@fluentui/react-components'

const useStyles = makeStyles({
  root: { minWidth: '140px', width: 'clamp(140px, 15vw, 200px)' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
})

interface Choice {
  readonly id: string
  readonly name: string
  /** After the name, in the open list only. */
  readonly more?: string
}

export function FilterPicker(props: { readonly label: string; readonly all: string; readonly choices: readonly Choice[]; readonly chosen: string | null; readonly onChoose: (id: string | null) => void }) {
  const styles = useStyles()
  const { label, all, choices, chosen, onChoose } = props
  const shown = choices.find(({ id }) => id === chosen)?.name ?? all
  return (
    <Dropdown
      className={styles.root}
      aria-label={label}
      title={shown}
      value={shown}
      button={{ children: <span className={styles.name}>{shown}</span> }}
      selectedOptions={[chosen ?? '']}
      onOptionSelect={(_, data) => onChoose(data.optionValue === '' || data.optionValue === undefined ? null : data.optionValue)}
    >
      <Option value="">{all}</Option>
      {choices.map(({ id, name, more }) => <Option key={id} value={id} text={name}>{more === undefined ? name : `${name} · ${more}`}</Option>)}
    </Dropdown>
  )
}
