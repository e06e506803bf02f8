/** What is said in the accounts, in English. */
export const accounts = {
}
