/**
 * A certificate that did not verify, or is not the one that was trusted (B10): its facts, its fingerprint compared with one the
 * user was given, and the choice to trust exactly this one. A compared fingerprint that differs takes the choice away, and one that was
 * withdrawn leaves none.
 */
import { Button, Card, Input, makeStyles, Field as FluentField, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { ShieldErrorRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { readableName } from '../../shared/failures/readable-name.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { compare } from './compare-fingerprints.ts'

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalM },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  icon: { fontSize: '24px', lineHeight: 1, color: tokens.colorStatusDangerForeground1, display: 'flex' },
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`, margin: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-line' },
  print: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  foot: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
})

/** As people write fingerprints: groups of two, upper case, with colons. */
const written = (fingerprint: string) => fingerprint.toUpperCase().match(/../g)?.join(':') ?? fingerprint

/** `onTrust` null = none in particular: what verifies is enough. */
export function CertificateCard(props: { readonly failure: Failure; readonly onTrust: (fingerprint: string | null) => void }) {
  const { ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [given, setGiven] = useState('')
  const { failure, onTrust } = props
  const { certificate } = failure.evidence
  const words = ui.certificate
  if (certificate === undefined) return null
  const compared = compare(given, certificate.fingerprint)
  const validity = ({ validFrom, validTo }: { readonly validFrom: string; readonly validTo: string }) => {
    const remark = Date.parse(validTo) < Date.now() ? ` (${words.expired})` : Date.parse(validFrom) > Date.now() ? ` (${words.notYet})` : ''
    return `${words.fromTo(format.day(validFrom), format.day(validTo))}${remark}`
  }
  // One line for each who vouches for the one before, as far as the server showed them; the last is only named.
  const issuers = [
    ...certificate.chain.map((authority) => `${readableName(authority.subject)}, ${validity(authority)}${authority.subject === certificate.problemWith ? `: ${words.theProblem}` : ''}`),
    ...[certificate, ...certificate.chain].slice(-1).flatMap(({ issuer, subject }) => (issuer === subject ? [] : [readableName(issuer)])),
  ]
  const facts = [
    { name: words.issuedTo, value: readableName(certificate.subject) },
    { name: words.names, value: format.list(certificate.names) },
    { name: words.validity, value: validity(certificate) },
    { name: words.issuedBy, value: issuers.length === 0 ? words.itself : issuers.join('\n') },
  ]
  return (
    <Card className={styles.card} appearance="outline">
      <div className={styles.head}>
        <span className={styles.icon} aria-hidden>
          <ShieldErrorRegular />
        </span>
        <Subtitle2 as="h2">{certificate.trustedBefore === null ? words.title : words.changedTitle}</Subtitle2>
      </div>
      <dl className={styles.facts}>
        {facts.map(({ name, value }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
        <dt className={styles.name}>{words.fingerprint}</dt>
        <dd className={styles.print}>{written(certificate.fingerprint)}</dd>
        {certificate.trustedBefore !== null && (
          <>
            <dt className={styles.name}>{words.trustedBefore}</dt>
            <dd className={styles.print}>{written(certificate.trustedBefore)}</dd>
          </>
        )}
      </dl>
      {failure.code !== 'tls.revoked-certificate' && (
        <>
          <FluentField
            label={words.compareLabel}
            hint={words.compare}
            {...(compared === 'empty' ? {} : { validationState: compared === 'same' ? ('success' as const) : ('error' as const), validationMessage: { same: words.matches, different: words.differs, incomplete: words.tooShort }[compared] })}
          >
            <Input value={given} autoComplete="off" spellCheck={false} onChange={(_, data) => setGiven(data.value)} />
          </FluentField>
          <div className={styles.foot}>
            <Button disabled={compared === 'different' || compared === 'incomplete'} onClick={() => onTrust(certificate.verifies ? null : certificate.fingerprint)}>
              {certificate.verifies ? words.useVerified : words.trust}
            </Button>
            <Text size={200}>{certificate.verifies ? words.useVerifiedHint : words.trustHint}</Text>
          </div>
        </>
      )}
    </Card>
  )
}
