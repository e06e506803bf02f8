/** What is said in the mail screen, in English. */
export const mail = {
}
