/** One page of the wizard: its heading, which takes the focus when the page appears, one sentence, and what it asks. */
import { makeStyles, mergeClasses, Text, tokens, typographyStyles } from '@fluentui/react-components'
import { type ReactNode, useEffect, useRef } from 'react'

export const usePageStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  title: { ...typographyStyles.title2, margin: 0, ':focus': { outline: 'none' } },
  body: { color: tokens.colorNeutralForeground2, maxWidth: '65ch', marginTop: tokens.spacingVerticalXS },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '460px' },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(270px, 1fr))', gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`, alignItems: 'start' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  legend: { margin: 0 },
  hostAndPort: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 104px', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  choices: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
})

export function PageFrame(props: { readonly title: string; readonly body?: string; readonly children: ReactNode }) {
  const styles = usePageStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div className={styles.page}>
      <div>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {props.title}
        </h1>
        {props.body !== undefined && (
          <Text as="p" block className={mergeClasses(styles.body)}>
            {props.body}
          </Text>
        )}
      </div>
      {props.children}
    </div>
  )
}
