/** What became of the mail of each day: a chart for the eye and the keyboard, a table for whoever prefers or needs it, and the figures. */
import { Button, Card, Dropdown, makeStyles, Option, Subtitle2, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text, tokens } from '@fluentui/react-components'
import { VerticalStackedBarChart, type VerticalStackedChartProps } from '@fluentui/react-charts'
import { ArrowDownloadRegular, DataBarVerticalRegular, SendRegular, TableRegular } from '@fluentui/react-icons'
import { useMemo, useRef, useState } from 'react'
import type { DayGroup, OutgoingDay } from '../../shared/model/outgoing-filter.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useWidth } from '../list/use-width.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { dayGroupNames, filledDays, sumOf } from './days-shown.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`, '> *': { flexShrink: 0 }, ':focus-visible': { outline: 'none', boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` } },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0, flexGrow: 1, minWidth: '200px' },
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  period: { minWidth: '110px' },
  figures: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', gap: tokens.spacingHorizontalM, margin: 0 },
  figure: { padding: tokens.spacingHorizontalM, border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium },
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  swatch: { width: '10px', height: '10px', borderRadius: '2px', flexShrink: 0, forcedColorAdjust: 'none' },
  number: { fontVariantNumeric: 'tabular-nums', margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  chart: { padding: tokens.spacingHorizontalM, minWidth: 0 },
  drawn: { height: '280px', minWidth: 0 },
  cell: { fontVariantNumeric: 'tabular-nums' },
})

const colors: Readonly<Record<DayGroup, string>> = {
  sent: tokens.colorBrandBackground, bounced: tokens.colorStatusDangerBackground3, waiting: tokens.colorNeutralStroke1Pressed, failed: tokens.colorStatusWarningBackground3,
}
const periods = [14, 30, 90] as const

export function SendingOverview({ accountId, batchId, onExport }: { readonly accountId: string | null; readonly batchId: string | null; readonly onExport: () => void }) {
  const { sending, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [days, setDays] = useState<(typeof periods)[number]>(30)
  const [asTable, setAsTable] = useState(false)
  const answer = useAnswer('outbox.days', { days, accountId, batchId }, { refreshOn: ['outbox.changed'], keepPrevious: true })
  const words = sending.overview
  const counted = answer.value?.days
  const shown = useMemo(() => filledDays(counted ?? [], new Date(), days), [counted, days])
  const total = sumOf(shown)
  const isEmpty = dayGroupNames.every((group) => total[group] === 0)
  const came = total.sent + total.bounced
  const rate = new Intl.NumberFormat(format.locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <div className={styles.page} tabIndex={0}>
      <div className={styles.bar}>
        <Subtitle2 as="h2" className={styles.title}>{words.title(format.number(days))}</Subtitle2>
        <div className={styles.tools}>
          <Dropdown className={styles.period} aria-label={words.period} value={words.days(format.number(days))} selectedOptions={[String(days)]} onOptionSelect={(_, data) => setDays(periods.find((one) => String(one) === data.optionValue) ?? 30)}>
            {periods.map((one) => <Option key={one} value={String(one)}>{words.days(format.number(one))}</Option>)}
          </Dropdown>
          <Button icon={asTable ? <DataBarVerticalRegular /> : <TableRegular />} disabled={isEmpty} onClick={() => setAsTable(!asTable)}>{asTable ? words.asChart : words.asTable}</Button>
          <Button icon={<ArrowDownloadRegular />} onClick={onExport}>{sending.exporting.action}</Button>
        </div>
      </div>
      {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
      {counted !== undefined && isEmpty && <EmptyState icon={<SendRegular />} title={words.emptyTitle} body={words.emptyBody} />}
      {!isEmpty && (
        <>
          <dl className={styles.figures}>
            {dayGroupNames.map((group) => (
              <div key={group} className={styles.figure}>
                <dt className={styles.name}><span className={styles.swatch} style={{ backgroundColor: colors[group] }} aria-hidden /><Text>{words.groups[group]}</Text></dt>
                <dd className={styles.number}>{format.number(total[group])}</dd>
                <dd style={{ margin: 0 }}><Text size={200} className={styles.quiet}>{group === 'bounced' && came > 0 ? words.rate(rate.format(total.bounced / came)) : words.groupHints[group]}</Text></dd>
              </div>
            ))}
          </dl>
          <Card className={styles.chart} appearance="outline">
            {asTable ? <DayTable days={shown} /> : <DayChart days={shown} label={words.summary(format.number(total.sent), format.number(total.bounced), format.number(total.waiting + total.failed))} />}
          </Card>
        </>
      )}
    </div>
  )
}

function useDayName(): (day: string) => string {
  const format = useFormat()
  return useMemo(() => {
    const name = new Intl.DateTimeFormat(format.locale, { day: 'numeric', month: 'short' })
    return (day) => name.format(new Date(`${day}T12:00:00`))
  }, [format])
}

function DayChart({ days, label }: { readonly days: readonly OutgoingDay[]; readonly label: string }) {
  const { sending } = useText()
  const format = useFormat()
  const styles = useStyles()
  const dayName = useDayName()
  const element = useRef<HTMLDivElement>(null)
  const width = useWidth(element) ?? 0
  const data = useMemo<VerticalStackedChartProps[]>(
    () => days.map((one) => ({
      xAxisPoint: dayName(one.day),
      xAxisCalloutData: dayName(one.day),
      chartData: dayGroupNames.filter((group) => one[group] > 0).map((group) => ({
        legend: sending.overview.groups[group], data: one[group], color: colors[group], yAxisCalloutData: format.number(one[group]),
        callOutAccessibilityData: { ariaLabel: `${dayName(one.day)}: ${format.number(one[group])} ${sending.overview.groups[group]}` },
      })),
    })),
    [days, dayName, sending, format],
  )
  return (
    <div ref={element} className={styles.drawn}>
      {width > 0 && (
        <VerticalStackedBarChart
          chartTitle={label} svgProps={{ 'aria-label': label }} data={data} culture={format.locale} width={width} height={280} barWidth="auto" barCornerRadius={2} barMinimumHeight={2} hideTickOverlap roundedTicks isCalloutForStack hideLegend
          xAxisOuterPadding={0.2}
        />
      )}
    </div>
  )
}

function DayTable({ days }: { readonly days: readonly OutgoingDay[] }) {
  const { sending } = useText()
  const format = useFormat()
  const styles = useStyles()
  const dayName = useDayName()
  const words = sending.overview
  return (
    <Table size="extra-small" aria-label={words.title(format.number(days.length))}>
      <TableHeader>
        <TableRow>{[words.day, ...dayGroupNames.map((group) => words.groups[group])].map((name) => <TableHeaderCell key={name}>{name}</TableHeaderCell>)}</TableRow>
      </TableHeader>
      <TableBody>
        {days.toReversed().map((one) => (
          <TableRow key={one.day}>
            <TableCell>{dayName(one.day)}</TableCell>
            {dayGroupNames.map((group) => <TableCell key={group} className={styles.cell}>{format.number(one[group])}</TableCell>)}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
