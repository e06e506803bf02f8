/** B6: which server for outgoing mail an account uses, level by level, and why. */
import { Badge, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import type { Rung } from '../../shared/model/way-out.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { useLanguage } from '../text/use-text.tsx'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, margin: 0, padding: 0, listStyleType: 'none' },
  rung: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minWidth: 0, overflowWrap: 'anywhere', padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`, borderLeft: `3px solid ${tokens.colorNeutralStroke2}` },
  wins: { borderLeftColor: tokens.colorBrandStroke1 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function WayOutList({ rungs }: { readonly rungs: readonly Rung[] }) {
  const words = levelWords[useLanguage()]
  const styles = useStyles()
  return (
    <>
      <Text size={200} className={styles.quiet}>{words.rule}</Text>
      <ul className={styles.list} aria-label={words.wayOut}>
        {rungs.map(({ level, name, host, because }) => (
          <li key={level} className={mergeClasses(styles.rung, because === 'wins' && styles.wins)}>
            <Text weight={because === 'wins' ? 'semibold' : 'regular'}>{name === '' ? words.levels[level] : `${words.levels[level]}: ${name}`}</Text>
            {host !== null && <Text size={200}>{host}</Text>}
            {because === 'wins' ? <Badge appearance="tint" color="brand">{words.because.wins}</Badge> : <Text size={200} className={styles.quiet}>{words.because[because]}</Text>}
          </li>
        ))}
      </ul>
      {!rungs.some(({ because }) => because === 'wins') && <Text role="status">{words.noWayOut}</Text>}
    </>
  )
}
