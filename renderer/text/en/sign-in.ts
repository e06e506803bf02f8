/** What is said about signing in over the web, in English. */
export const signIn = {
  button: (provider: string) => `Sign in with ${provider}`,
  again: 'Sign in again',
  hint: (provider: string) => `Your browser opens ${provider}’s own page. Mailroom never sees your password: ${provider} gives it a permission that you can take back there at any time.`,
  waiting: (provider: string) => `Waiting for you to sign in at ${provider}`,
  waitingHint: 'Go on in the browser window that has opened. Come back here when it says so.',
  stopWaiting: 'Stop waiting',
  openAgain: 'Open the page again',
  signedIn: (who: string, provider: string) => (who === '' ? `Signed in with ${provider}` : `Signed in as ${who} with ${provider}`),
  signOut: 'Sign out',
  signedOut: (name: string) => `“${name}” is signed out. Its mail waits until you sign in again.`,
  sharedMailbox: 'It is a shared mailbox: sign in so',
  first: 'Sign in first.',
  notReady: (provider: string) => `${provider} also offers sign-in over the web, but Mailroom is not registered there: a client id is missing in the settings.`,
  noPassword: (provider: string) => `${provider} lets you sign in on its own website: that comes next, and needs no password here.`,
  manage: 'Sign-in…',
  dialogTitle: (name: string) => `Sign-in of ${name}`,
}
