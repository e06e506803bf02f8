/** What is said in the wizard, in English. */
export const wizard = {
}
