/** What a sender wrote as one plain line: control characters and those that turn the reading direction are gone. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const notPlain = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g

export function oneLine(text: string, limit: number): string {
  return text.replace(notPlain, ' ').trim().slice(0, limit).toWellFormed()
}
