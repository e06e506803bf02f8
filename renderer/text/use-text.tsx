/** The words and the number formats of the user's language, within reach of every component. */
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Language } from '../../shared/model/preferences.ts'
import { english, type Texts } from './en/all.ts'
import { type Formats, formatsOf } from './format.ts'
import { dutch } from './nl/all.ts'

/** One line for each language; a third one is one more folder and one more line. */
const textsOf: Readonly<Record<Language, Texts>> = { en: english, nl: dutch }

interface Spoken {
  readonly language: Language
  readonly text: Texts
  readonly format: Formats
}

const TextContext = createContext<Spoken>({ language: 'en', text: english, format: formatsOf('en') })

/** The language to speak when the user chose none: the system's where we have it, else English. */
export function languageOf(locale: string): Language {
  const own = locale.toLowerCase().split(/[-_]/)[0] ?? ''
  return Object.hasOwn(textsOf, own) ? (own as Language) : 'en'
}

/** `locale` is the system's; its dates and numbers are kept where it belongs to the language spoken. */
export function TextProvider(props: { readonly language: Language; readonly locale: string; readonly children: ReactNode }) {
  const { language, locale } = props
  const spoken = useMemo(
    () => ({ language, text: textsOf[language], format: formatsOf(languageOf(locale) === language ? locale : language) }),
    [language, locale],
  )
  return <TextContext value={spoken}>{props.children}</TextContext>
}

export function useText(): Texts {
  return useContext(TextContext).text
}

export function useFormat(): Formats {
  return useContext(TextContext).format
}

export function useLanguage(): Language {
  return useContext(TextContext).language
}
