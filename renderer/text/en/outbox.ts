/** What is said in the outbox screen, in English. */
export const outbox = {
}
