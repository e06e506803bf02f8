/** What is said in the activity screen, in English. */
export const activity = {
}
