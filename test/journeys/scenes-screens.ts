/** The screens of the program over a busy office. */
import type { Page } from 'playwright-core'
import { english } from '../../renderer/text/en/all.ts'
import { dutch } from '../../renderer/text/nl/all.ts'
import type { Scene } from './open-look.ts'
import { officeWorld, type World } from '../fakes/caller/world.ts'

const place = (target: 'outbox' | 'contacts' | 'activity' | 'accounts' | 'settings', world: () => World = officeWorld): Scene => ({
  world,
  async go(page, caller) {
    caller.emit('app.goTo', { place: target })
    const words = caller.world.preferences.language === 'nl' ? dutch : english
    await page.getByRole('heading', { level: 1, name: words[target].title }).waitFor()
  },
})

/** An account whose removals nobody has agreed to yet. */
function unconfirmedWorld(): World {
  const world = officeWorld()
  const delivery = { leaveCopy: true, removeAfterDays: 14, removeWhenDeleted: true }
  return { ...world, accounts: world.accounts.map((one, index) => (index === 0 ? { ...one, account: { ...one.account, delivery }, unconfirmedRemovals: 24 } : one)) }
}

/** What the server of the account with this name was asked to remove. */
const level = (page: Page, name: RegExp) => page.getByRole('navigation', { name: /(Organization|Organisatie)/ }).getByRole('button', { name })

const removedOf = (name: RegExp): Scene => {
  const accounts = place('accounts')
  return {
    ...accounts,
    async go(page, caller) {
      await accounts.go?.(page, caller)
      await page.getByRole('group', { name }).getByRole('button', { name: /^(More for|Meer voor)/ }).click()
      await page.getByRole('menuitem', { name: /^(Removed from the server|Van de server verwijderd)/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  }
}

const contacts = place('contacts')
const record: Scene = {
  ...contacts,
  async go(page, caller) {
    await contacts.go?.(page, caller)
    await page.getByRole('option', { name: /Pieter Bakker/ }).click()
    await page.getByRole('heading', { level: 2, name: 'Pieter Bakker' }).waitFor()
  },
}

/** What is asked of the contact that is shown. */
const onRecord = (button: RegExp): Scene => ({
  ...record,
  async go(page, caller) {
    await record.go?.(page, caller)
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor()
  },
})

const unconfirmed = place('accounts', unconfirmedWorld)

export const screenScenes: Readonly<Record<string, Scene>> = {
  mail: { world: officeWorld },
  outbox: place('outbox'),
  contacts: place('contacts'),
  'contacts-none': place('contacts', () => ({ ...officeWorld(), contacts: [] })),
  'contacts-record': record,
  'contacts-letter': {
    ...record,
    async go(page, caller) {
      await record.go?.(page, caller)
      await page.getByRole('button', { expanded: false }).filter({ hasText: /Offerte|Invoice/ }).first().click()
      await page.getByRole('button', { name: /^(Mark as private|Als privé markeren)$/ }).waitFor()
    },
  },
  'contacts-change': onRecord(/^(Change|Wijzigen)$/),
  'contacts-merge': onRecord(/^(Merge|Samenvoegen)$/),
  'contacts-remove': onRecord(/^(Remove|Verwijderen)$/),
  activity: place('activity'),
  accounts: place('accounts'),
  'accounts-removals': unconfirmed,
  'accounts-removals-preview': {
    ...unconfirmed,
    async go(page, caller) {
      await unconfirmed.go?.(page, caller)
      await page.getByRole('button', { name: /^(Look at them|Bekijken):/ }).click()
      await page.getByRole('table').waitFor()
    },
  },
  'accounts-removals-agreed': {
    ...unconfirmed,
    async go(page, caller) {
      await unconfirmed.go?.(page, caller)
      await page.getByRole('button', { name: /^(Look at them|Bekijken):/ }).click()
      await page.getByRole('button', { name: /from now on|voortaan/ }).click()
      await page.getByRole('button', { name: /^(Look at them|Bekijken):/, includeHidden: true }).waitFor({ state: 'detached' })
    },
  },
  'accounts-removed': removedOf(/Emma/),
  'accounts-removed-nothing': removedOf(/Support/),
  settings: place('settings'),
  'settings-organization': {
    ...place('settings'),
    async go(page, caller) {
      await place('settings').go?.(page, caller)
      await page.getByRole('tab', { name: /^(Organization|Organisatie)$/ }).click()
      await level(page, /^De Vries Groep/).click()
      await page.getByRole('form').getByRole('textbox').last().waitFor()
    },
  },
  'settings-account': {
    ...place('settings'),
    async go(page, caller) {
      await place('settings').go?.(page, caller)
      await page.getByRole('tab', { name: /^(Organization|Organisatie)$/ }).click()
      await level(page, /^Emma/).click()
      await page.getByRole('form').getByRole('textbox').last().waitFor()
    },
  },
  'settings-new-unit': {
    ...place('settings'),
    async go(page, caller) {
      await place('settings').go?.(page, caller)
      await page.getByRole('tab', { name: /^(Organization|Organisatie)$/ }).click()
      await page.getByRole('button', { name: /^(Add a unit|Onderdeel toevoegen)$/ }).click()
      await page.getByRole('switch').check()
      await page.getByRole('button', { name: /^(Save|Opslaan)$/ }).click()
      await page.getByRole('alert').first().waitFor()
    },
  },
  compose: {
    world: officeWorld,
    async go(page, caller) {
      caller.emit('app.goTo', { place: 'compose' })
      await page.getByRole('dialog').waitFor()
    },
  },
}
