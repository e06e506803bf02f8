/** How far the wizard is, down its left side. */
import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { CheckmarkFilled, MailInboxAllRegular } from '@fluentui/react-icons'
import { useText } from '../text/use-text.tsx'
import type { WizardStep } from './wizard-state.ts'

const stages = ['address', 'settings', 'test', 'finish'] as const
type Stage = (typeof stages)[number]
const stageOf: Readonly<Record<WizardStep, Stage | null>> = {
  welcome: null, address: 'address', looking: 'settings', found: 'settings', type: 'settings', servers: 'settings', test: 'test', finish: 'finish',
}

const useStyles = makeStyles({
  root: {
    width: 'clamp(196px, 18vw, 236px)', flexShrink: 0, boxSizing: 'border-box', padding: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column',
    gap: tokens.spacingVerticalXXXL, backgroundColor: tokens.colorNeutralBackground4,
  },
  brand: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  logo: { fontSize: '28px', lineHeight: 1, display: 'flex', color: tokens.colorBrandForeground1 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  stage: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, position: 'relative', color: tokens.colorNeutralForeground3 },
  joined: {
    '::after': { content: '""', position: 'absolute', left: '13px', top: '32px', height: '16px', width: '2px', backgroundColor: tokens.colorNeutralStroke1 },
  },
  dot: {
    width: '28px', height: '28px', borderRadius: tokens.borderRadiusCircular, boxSizing: 'border-box', display: 'grid', placeItems: 'center', flexShrink: 0,
    border: `2px solid ${tokens.colorNeutralStroke1}`, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold,
  },
  current: { color: tokens.colorNeutralForeground1 },
  currentDot: { border: `2px solid ${tokens.colorBrandForeground1}`, color: tokens.colorBrandForeground1 },
  past: { color: tokens.colorNeutralForeground2 },
  pastDot: { border: 'none', backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, fontSize: '16px' },
})

export function StageList({ step }: { readonly step: WizardStep }) {
  const { shell, wizard } = useText()
  const styles = useStyles()
  const current = stageOf[step]
  const at = current === null ? -1 : stages.indexOf(current)
  return (
    <aside className={styles.root} aria-label={wizard.progress}>
      <div className={styles.brand}>
        <span className={styles.logo} aria-hidden>
          <MailInboxAllRegular />
        </span>
        <Subtitle2>{shell.program}</Subtitle2>
      </div>
      <ol className={styles.list}>
        {stages.map((stage, index) => {
          const past = index < at
          const here = index === at
          return (
            <li
              key={stage}
              className={mergeClasses(styles.stage, index < stages.length - 1 && styles.joined, here && styles.current, past && styles.past)}
              aria-current={here ? 'step' : undefined}
            >
              <span className={mergeClasses(styles.dot, here && styles.currentDot, past && styles.pastDot)} aria-hidden>
                {past ? <CheckmarkFilled /> : index + 1}
              </span>
              <Text weight={here ? 'semibold' : 'regular'}>{wizard.stages[stage]}</Text>
            </li>
          )
        })}
      </ol>
    </aside>
  )
}
