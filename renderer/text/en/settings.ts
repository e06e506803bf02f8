/** What is said in the settings screen, in English. */
export const settings = {
}
