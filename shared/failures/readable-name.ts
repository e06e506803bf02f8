/** Whom a certificate is about, as people call them: of `C=NL, O=Acme BV, CN=mail.acme.example` the last and, where it differs, the second. */
export function readableName(distinguishedName: string): string {
  const of = (attribute: string) => new RegExp(`(?:^|, )${attribute}=((?:\\\\.|[^,\\\\])*)`).exec(distinguishedName)?.[1]?.replaceAll(/\\(.)/g, '$1').trim() ?? ''
  const [name, organization] = [of('CN'), of('O')]
  if (name === '') return organization === '' ? distinguishedName : organization
  return organization === '' || name.includes(organization) ? name : `${name} (${organization})`
}
