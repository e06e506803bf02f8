/**
 * On whose record a mail is, with a way there; who is nobody's contact yet can be added. Stands in the reader and in the outbox. A
 * private mail says that it is on none.
 */
import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { ContactCardRegular, LockClosedRegular, PersonAddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { KeptMail } from '../../shared/model/contact.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { ContactDialog, type ContactSubject } from './contact-dialog.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '24px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  link: { ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px', borderRadius: tokens.borderRadiusSmall } },
  icon: { display: 'flex', fontSize: '16px' },
  add: { maxWidth: '100%', flexShrink: 1, minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

/** So many are named; of a mail to hundreds the rest is left out. */
const named = 6

export function OnRecord(props: { readonly mail: KeptMail; readonly isPrivate: boolean }) {
  const { contacts } = useText()
  const styles = useStyles()
  const { openContact, say } = useNavigation()
  const { mail, isPrivate } = props
  const { value } = useAnswer('contacts.ofMail', { mail }, { refreshOn: ['contacts.changed', 'mail.changed', 'outbox.changed'] })
  const [adding, setAdding] = useState<ContactSubject | null>(null)
  const parties = value?.parties ?? []
  const people = parties.flatMap(({ contact }) => contact ?? []).slice(0, named)
  const strangers = parties.filter(({ contact }) => contact === null).slice(0, named)
  if (!isPrivate && parties.length === 0) return null
  return (
    <div className={styles.root}>
      {(isPrivate || people.length > 0) && <span className={styles.icon} aria-hidden>{isPrivate ? <LockClosedRegular /> : <ContactCardRegular />}</span>}
      {isPrivate && <Text size={200}>{contacts.onNone}</Text>}
      {!isPrivate && people.length > 0 && <Text size={200}>{value?.filed === true ? contacts.onRecord : contacts.notYet}</Text>}
      {!isPrivate && people.map(({ id, name }) => <Link key={id} as="button" className={styles.link} onClick={() => openContact(id)}>{name}</Link>)}
      {!isPrivate && strangers.map(({ name, address }) => (
        <Button key={address} className={styles.add} size="small" appearance="subtle" icon={<PersonAddRegular />} title={address} onClick={() => setAdding({ contact: null, name, address })}>
          <span className={styles.name}>{contacts.addParty(name === '' ? address : name)}</span>
        </Button>
      ))}
      {adding !== null && (
        <ContactDialog subject={adding} onClose={(saved) => { setAdding(null); if (saved !== null) say(contacts.saved(saved.name)) }} />
      )}
    </div>
  )
}
