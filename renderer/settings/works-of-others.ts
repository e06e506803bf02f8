/** The works of others that Mailroom is built with and ships, and the licence each names in its own package (SPDX). */
export interface WorkOfOthers {
  readonly name: string
  readonly licence: string
}

export const worksOfOthers: readonly WorkOfOthers[] = [
  { name: '@fluentui/react-components', licence: 'MIT' },
  { name: '@fluentui/react-icons', licence: 'MIT' },
  { name: '@napi-rs/keyring', licence: 'MIT' },
  { name: 'commander', licence: 'MIT' },
  { name: 'conf', licence: 'MIT' },
  { name: 'dompurify', licence: '(MPL-2.0 OR Apache-2.0)' },
  { name: 'electron', licence: 'MIT' },
  { name: 'electron-store', licence: 'MIT' },
  { name: 'imapflow', licence: 'MIT' },
  { name: 'mailparser', licence: 'MIT' },
  { name: 'nodemailer', licence: 'MIT-0' },
  { name: 'pdfkit', licence: 'MIT' },
  { name: 'puppeteer-core', licence: 'Apache-2.0' },
  { name: 'react', licence: 'MIT' },
  { name: 'react-dom', licence: 'MIT' },
  { name: 'smtp-server', licence: 'MIT-0' },
  { name: 'zod', licence: 'MIT' },
]
