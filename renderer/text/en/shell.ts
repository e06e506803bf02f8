/** What is said around the screens, in English. */
export const shell = {
  program: 'Mailroom',
  places: {
    mail: 'Mail',
    outbox: 'Outbox',
    activity: 'Activity',
    accounts: 'Accounts',
    settings: 'Settings',
  },
  navigation: 'Places',
  skipToContent: 'Skip to content',
  unread: (count: string) => `${count} unread`,
  waiting: (count: string) => `${count} waiting to be sent`,
  needsAttention: (count: string) => `${count} need attention`,
  newMail: 'New mail',
  sendReceive: 'Send and receive all',
  starting: 'Mailroom is starting',
  notices: 'Messages from Mailroom',
  justHappened: 'What just happened',
  loadingScreen: 'One moment',
  screenBroke: {
    title: 'This screen stopped working',
    body: 'This is a mistake in Mailroom, not yours. Your mail and your accounts are safe. Try again, or go to another screen.',
    again: 'Try again',
  },
  promoted: (name: string) => `${name} is the default account for sending now.`,
  promotedNone: 'No account can send at the moment, so there is no default account.',
}
