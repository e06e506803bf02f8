/** The one channel between the window and the main process; the contract's messages go over it as text. */
export const channel = 'mailroom'
