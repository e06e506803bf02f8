/** Mail received, sent and failed per day, as bars and, for whoever prefers or needs it, as a table. */
import { Button, Card, makeStyles, mergeClasses, Subtitle2, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text, tokens } from '@fluentui/react-components'
import { DataBarVerticalRegular, TableRegular } from '@fluentui/react-icons'
import { useMemo, useState } from 'react'
import type { DayOfAccount } from '../../shared/model/job.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { type DayCount, mailByDay, noonOf, scaleTop } from './mail-by-day.ts'

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalS, padding: tokens.spacingHorizontalL, flexShrink: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalL },
  title: { margin: 0, flexGrow: 1 },
  legend: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  key: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  swatch: { width: '10px', height: '10px', borderRadius: '2px', forcedColorAdjust: 'none' },
  fetched: { fill: tokens.colorBrandBackground, backgroundColor: tokens.colorBrandBackground },
  sent: { fill: tokens.colorPaletteTealBorderActive, backgroundColor: tokens.colorPaletteTealBorderActive },
  failed: { fill: tokens.colorStatusDangerBackground3, backgroundColor: tokens.colorStatusDangerBackground3 },
  plot: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  scale: { display: 'flex', flexDirection: 'column', justifyContent: 'space-between', alignItems: 'flex-end', margin: '-8px 0', color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  bars: { display: 'block', width: '100%', height: '120px', forcedColorAdjust: 'none' },
  pointed: { fill: 'transparent', ':hover': { fill: tokens.colorSubtleBackgroundHover, fillOpacity: 0.5 } },
  line: { stroke: tokens.colorNeutralStroke2, strokeWidth: 1, vectorEffect: 'non-scaling-stroke' },
  days: { gridColumn: 2, display: 'flex', paddingTop: tokens.spacingVerticalXS },
  day: { flex: '1 1 0', minWidth: 0, textAlign: 'center', whiteSpace: 'nowrap', overflow: 'visible', color: tokens.colorNeutralForeground2, ':nth-child(even)': { '@media (max-width: 1000px)': { visibility: 'hidden' } } },
  number: { fontVariantNumeric: 'tabular-nums' },
})

const series = ['fetched', 'sent', 'failed'] as const
const daysShown = 14
/** The drawing's own units; it is stretched to its place. */
const box = { day: 40, height: 120, bar: 9, gap: 2 }

export function MailChart({ history, now }: { readonly history: readonly DayOfAccount[]; readonly now: Date }) {
  const { activity } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [asTable, setAsTable] = useState(false)
  const counts = useMemo(() => mailByDay(history, now, daysShown), [history, now])
  const dayName = useMemo(() => new Intl.DateTimeFormat(format.locale, { day: 'numeric', month: 'short' }), [format])
  const words = activity.chart
  const sum = (name: (typeof series)[number]) => format.number(counts.reduce((total, count) => total + count[name], 0))

  return (
    <Card className={styles.card} appearance="outline" role="region" aria-label={words.title(format.number(daysShown))}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>{words.title(format.number(daysShown))}</Subtitle2>
        <div className={styles.legend}>
          {series.map((name) => (
            <span key={name} className={styles.key}>
              <span className={mergeClasses(styles.swatch, styles[name])} aria-hidden />
              <Text size={200}>{words[name]}</Text>
              <Text size={200} weight="semibold" className={styles.number}>{sum(name)}</Text>
            </span>
          ))}
        </div>
        <Button size="small" appearance="subtle" icon={asTable ? <DataBarVerticalRegular /> : <TableRegular />} onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </Button>
      </div>
      {asTable ? <DayTable counts={counts} dayName={dayName} /> : <Bars counts={counts} dayName={dayName} label={words.summary(sum('fetched'), sum('sent'), sum('failed'))} />}
    </Card>
  )
}

interface Drawn {
  readonly counts: readonly DayCount[]
  readonly dayName: Intl.DateTimeFormat
}

function Bars({ counts, dayName, label }: Drawn & { readonly label: string }) {
  const { activity: { chart: words } } = useText()
  const format = useFormat()
  const styles = useStyles()
  const top = scaleTop(counts)
  const width = counts.length * box.day
  const start = (box.day - series.length * (box.bar + box.gap)) / 2
  return (
    <div className={styles.plot}>
      <div className={styles.scale} aria-hidden>
        {[top, top / 2, 0].map((value) => <Text key={value} size={100}>{format.number(value)}</Text>)}
      </div>
      <svg className={styles.bars} viewBox={`0 0 ${String(width)} ${String(box.height)}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {[0.5, box.height / 2, box.height - 0.5].map((y) => <line key={y} className={styles.line} x1={0} x2={width} y1={y} y2={y} />)}
        {counts.flatMap((count, index) =>
          series.map((name, at) => {
            // One message on a busy scale is still seen.
            const height = count[name] === 0 ? 0 : Math.max(2, (count[name] / top) * box.height)
            return <rect key={`${count.day} ${name}`} className={styles[name]} x={index * box.day + start + at * (box.bar + box.gap)} y={box.height - height} width={box.bar} height={height} />
          }),
        )}
        {/* What the bars of a day stand for, to whoever points at it. */}
        {counts.map((count, index) => (
          <rect key={count.day} className={styles.pointed} x={index * box.day} y={0} width={box.day} height={box.height}>
            <title>{[dayName.format(noonOf(count.day)), ...series.map((name) => `${words[name]} ${format.number(count[name])}`)].join(' · ')}</title>
          </rect>
        ))}
      </svg>
      <div className={styles.days} aria-hidden>
        {counts.map(({ day }) => <Text key={day} size={100} className={styles.day}>{dayName.format(noonOf(day))}</Text>)}
      </div>
    </div>
  )
}

function DayTable({ counts, dayName }: Drawn) {
  const { activity } = useText()
  const format = useFormat()
  const styles = useStyles()
  const words = activity.chart
  return (
    <Table size="extra-small" aria-label={words.title(format.number(counts.length))}>
      <TableHeader>
        <TableRow>{[words.day, words.fetched, words.sent, words.failed].map((name) => <TableHeaderCell key={name}>{name}</TableHeaderCell>)}</TableRow>
      </TableHeader>
      <TableBody>
        {counts.toReversed().map((count) => (
          <TableRow key={count.day}>
            <TableCell>{dayName.format(noonOf(count.day))}</TableCell>
            {series.map((name) => <TableCell key={name} className={styles.number}>{format.number(count[name])}</TableCell>)}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
