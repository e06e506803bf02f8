/** What this program is, its version, its licence, and whose work is inside. */
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles, Text, tokens } from '@fluentui/react-components'
import { InfoRegular } from '@fluentui/react-icons'
import type { Result } from '../../shared/contract/methods.ts'
import { useText } from '../text/use-text.tsx'
import { SettingsCard } from './settings-card.tsx'
import { worksOfOthers } from './works-of-others.ts'

const useStyles = makeStyles({
  words: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  works: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))', columnGap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalXS, margin: `${tokens.spacingVerticalS} 0 0`, padding: 0, listStyleType: 'none' },
})

export function AboutCard({ info }: { readonly info: Result<'app.info'> }) {
  const { settings } = useText()
  const styles = useStyles()
  return (
    <SettingsCard title={settings.about} icon={<InfoRegular />}>
      <div className={styles.words}>
        <Text weight="semibold">{`${settings.version(info.version)} · ${settings.hosts[info.host]}`}</Text>
        <Text>{settings.aboutBody}</Text>
        <Text className={styles.quiet}>{settings.licence}</Text>
      </div>
      <Accordion collapsible>
        <AccordionItem value="works">
          <AccordionHeader as="h3">{settings.licences}</AccordionHeader>
          <AccordionPanel>
            <Text size={200}>{settings.licencesIntro}</Text>
            <ul className={styles.works}>
              {worksOfOthers.map(({ name, licence }) => (
                <li key={name}>
                  <Text size={200}>{name} <span className={styles.quiet}>· {licence}</span></Text>
                </li>
              ))}
            </ul>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </SettingsCard>
  )
}
