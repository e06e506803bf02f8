import { describe, expect, test } from 'vitest'
import { imapFailure } from '../../../electron/protocols/imap/imap-failure.ts'
import { pop3Failure } from '../../../electron/protocols/pop3/pop3-failure.ts'
import { smtpFailure } from '../../../electron/protocols/smtp/smtp-failure.ts'
import type { FailureCode } from '../../../shared/failures/failure.ts'

/** What follows NO. */
const imap: readonly (readonly [string, FailureCode])[] = [
  ['[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)', 'signin.app-password-needed'],
  ['[AUTHENTICATIONFAILED] Sorry, you need to create an app password to use this service.', 'signin.app-password-needed'],
  ['[AUTHENTICATIONFAILED] Login failed - please create an app password.', 'signin.app-password-needed'],
  ['[ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)', 'signin.second-factor'],
  ['[WEBALERT https://accounts.google.com/signin/continue] Web login required.', 'signin.second-factor'],
  ['LOGIN failed. Account is blocked. Login to your account via a web browser to verify your identity.', 'signin.locked'],
  ['[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)', 'policy.refused'],
  ['[ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)', 'policy.refused'],
  ['[ALERT] Too many simultaneous connections. (Failure)', 'connect.too-many'],
  ['[ALERT] Account exceeded command or bandwidth limits. (Failure)', 'policy.too-fast'],
  ['[UNAVAILABLE] Temporary authentication failure.', 'signin.unavailable'],
  ['[LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)', 'connect.too-many'],
  ['[CONTACTADMIN] Your account has been disabled.', 'signin.locked'],
  // Says two things at once: the more usual one is told, with the words beside it.
  ['[AUTHENTICATIONFAILED] LOGIN Invalid credentials or IMAP is disabled sc=ebI8JB0ug4Y1_290737_53p', 'signin.rejected'],
  ['[AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'signin.rejected'],
  ['LOGIN failed.', 'signin.rejected'],
  ['[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)', 'policy.refused'],
  ['[AUTHENTICATIONFAILED] Authentication failed - Too many login failures', 'policy.too-fast'],
  // Outlook.com, since passwords are off there: it says nothing about why.
  ['AUTHENTICATE failed.', 'signin.rejected'],
  ['LOGIN failed. BasicAuthBlocked', 'policy.basic-auth-off'],
  // iCloud.
  ['[AUTHENTICATIONFAILED] Authentication Failed', 'signin.rejected'],
  ['[UNAVAILABLE] Service temporarily unavailable', 'signin.unavailable'],
  // Yahoo and AOL.
  ['[AUTHENTICATIONFAILED] LOGIN Invalid credentials', 'signin.rejected'],
  ['[LIMIT] LOGIN Rate limit hit.', 'policy.too-fast'],
  ['[SERVERBUG] LOGIN Server error - Please try again later', 'signin.unavailable'],
  // Zoho.
  ['[AUTHENTICATIONFAILED] Invalid credentials(Failure)', 'signin.rejected'],
  // GMX, WEB.DE, IONOS; their own pages say that IMAP may be off.
  ['authentication failed', 'signin.rejected'],
  // QQ says all it can think of.
  ['Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy. More information at https://help.mail.qq.com/detail/108/1023', 'signin.rejected'],
  ['LOGIN Login error password error', 'signin.rejected'],
  ['ERR.LOGIN.REQCODE', 'signin.app-password-needed'],
  // Dovecot, Mailu, Proton Mail Bridge.
  ['[UNAVAILABLE] Internal authentication failure. Refer to server log for more information.', 'signin.unavailable'],
  ['[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.', 'signin.clear-text-refused'],
  ['Temporary authentication failure (rate-limit)', 'policy.too-fast'],
  ['too many login attempts', 'policy.too-fast'],
  ['[AUTHENTICATIONFAILED] Account temporarily locked, try again in 15 minutes.', 'signin.locked'],
  ['[EXPIRED] Your password has expired.', 'signin.rejected'],
]

const smtp: readonly (readonly [number, readonly [number, number, number] | null, string, FailureCode])[] = [
  [534, [5, 7, 9], 'Application-specific password required. For more information, go to https://support.google.com/mail/?p=InvalidSecondFactor', 'signin.app-password-needed'],
  [534, [5, 7, 14], '<https://accounts.google.com/signin/continue?sarp=1> Please log in via your web browser and then try again.', 'signin.second-factor'],
  [535, [5, 7, 8], 'Username and Password not accepted. For more information, go to https://support.google.com/mail/?p=BadCredentials', 'signin.rejected'],
  [454, [4, 7, 0], 'Too many login attempts, please try again later.', 'policy.too-fast'],
  [535, [5, 7, 139], 'Authentication unsuccessful, basic authentication is disabled. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]', 'policy.basic-auth-off'],
  [535, [5, 7, 139], 'Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.', 'policy.basic-auth-off'],
  [535, [5, 7, 139], 'Authentication unsuccessful, the user credentials were incorrect. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]', 'signin.rejected'],
  [535, [5, 7, 139], 'Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.', 'policy.refused'],
  [535, [5, 7, 139], 'Authentication unsuccessful, user is locked by your organization’s security defaults policy. Contact your administrator.', 'signin.locked'],
  [550, [5, 7, 30], 'Basic authentication is not supported for Client Submission.', 'policy.basic-auth-off'],
  [535, [5, 7, 0], '(#AUTH005) Too many bad auth attempts.', 'policy.too-fast'],
  [535, [5, 7, 0], 'NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED', 'signin.app-password-needed'],
  [535, [5, 7, 8], 'Error: authentication failed: This user does not have access rights to this service', 'policy.refused'],
  [535, null, 'Login Fail. Please enter your authorization code to login. More information in https://service.mail.qq.com/', 'signin.app-password-needed'],
  [535, null, 'Authentication credentials invalid', 'signin.rejected'],
  [534, [5, 7, 9], 'Please log in with your web browser and then try again. Learn more at https://support.google.com/mail/?p=WebLoginRequired', 'signin.second-factor'],
  [535, [5, 7, 3], 'Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]', 'signin.rejected'],
  [535, [5, 7, 0], '(#MBR1212) Incorrect username or password. (#AUTH012)', 'signin.rejected'],
  [535, [5, 7, 8], 'Error: authentication failed: authentication failure', 'signin.rejected'],
  [535, [5, 7, 0], 'Incorrect username or app password? https://www.fastmail.help/hc/en-us/articles/360060591153', 'signin.app-password-needed'],
  [550, null, 'User has no permission', 'policy.refused'],
  [535, [5, 7, 0], 'ERR.LOGIN.REQCODE', 'signin.app-password-needed'],
  [535, null, 'Error: ??\u02b9\ufffd\ufffd?: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256', 'signin.app-password-needed'],
  [535, null, 'Incorrect authentication data', 'signin.rejected'],
  [435, null, 'Unable to authenticate at present', 'signin.unavailable'],
  [454, [4, 7, 0], 'Temporary authentication failure: Connection lost to authentication server', 'signin.unavailable'],
  [421, [4, 7, 0], 'Try again later, closing connection.', 'policy.too-fast'],
  [538, [5, 7, 11], 'Encryption required for requested authentication mechanism', 'signin.clear-text-refused'],
  [504, [5, 5, 4], 'Unrecognized authentication type', 'signin.no-mechanism'],
]

describe('a refused sign-in comes out as what it is', () => {
  test.each(imap)('IMAP: NO %s', (words, code) => {
    expect(imapFailure(words, 'sign-in', {})).toMatchObject({ code, evidence: { serverWords: words } })
  })

  test.each(smtp)('SMTP: %i %j %s', (code, enhanced, words, expected) => {
    expect(smtpFailure({ code, enhanced, lines: [words] }, 'sign-in', {}).code).toBe(expected)
  })

  test.each<[string, FailureCode]>([
    ['-ERR [AUTH] Application-specific password required: https://support.google.com/accounts/answer/185833', 'signin.app-password-needed'],
    ['-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page and enable your account for POP access.', 'policy.refused'],
    ['-ERR [AUTH] Web login required: https://support.google.com/mail/answer/78754', 'signin.second-factor'],
    ['-ERR [IN-USE] Unable to lock maildrop: Mailbox is locked by POP server', 'mailbox.in-use'],
    ['-ERR [SYS/TEMP] Temporary authentication failure.', 'signin.unavailable'],
    ['-ERR [AUTH] Authentication failed.', 'signin.rejected'],
    ['-ERR [SYS/PERM] POP access is disabled for your domain. Please contact your domain administrator.', 'policy.refused'],
    ['-ERR maildrop already locked', 'mailbox.in-use'],
    ['-ERR Unable to lock maildrop: Mailbox is locked by POP server', 'mailbox.in-use'],
    ['-ERR Logon failure: unknown user name or bad password.', 'signin.rejected'],
    ['-ERR [AUTH] login failure or POP3 disabled, try later. sc=KGQpo3Od1a60', 'signin.rejected'],
    ['-ERR authentication failed', 'signin.rejected'],
    ['-ERR [LOGIN-DELAY] minimum time between mail checks violation', 'policy.too-fast'],
    ['-ERR Too many failed logins, try again later', 'policy.too-fast'],
  ])('POP3: %s', (reply, code) => {
    expect(pop3Failure(reply, 'sign-in', {}).code).toBe(code)
  })
})

test('the same words decide nothing when no sign-in was asked for', () => {
  expect(imapFailure('Account is blocked.', 'command', {}).code).toBe('server.refused')
  expect(pop3Failure('-ERR app password', 'command', {}).code).toBe('server.refused')
})
