/**
 * Lets one process at a time do a piece of work on this checkout: the others wait, and find it done. Saves work and nothing
 * else: what is built is put in place by renames, so that two at once would do no harm.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(lockFile, work) {
  mkdirSync(dirname(lockFile), { recursive: true })
  const mine = `${lockFile}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  let taken = false
  const giveBack = () => {
    if (taken) rmSync(lockFile, { force: true })
    taken = false
    rmSync(mine, { force: true })
  }
  process.once('exit', giveBack)
  try {
    while (!(taken = take(mine, lockFile))) {
      removeIfAbandoned(lockFile)
      await wait(50)
    }
    return await work()
  } finally {
    process.removeListener('exit', giveBack)
    giveBack()
  }
}

/**
 * A link is made whole or not at all, so that nobody reads a lock without its owner's number.
 * @param {string} mine
 * @param {string} lockFile
 */
function take(mine, lockFile) {
  try {
    linkSync(mine, lockFile)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} lockFile */
function removeIfAbandoned(lockFile) {
  if (isAlive(ownerOf(lockFile))) return
  const aside = `${lockFile}.abandoned.${process.pid}`
  try {
    renameSync(lockFile, aside)
  } catch {
    return // another one was faster
  }
  if (isAlive(ownerOf(aside))) take(aside, lockFile) // taken anew between the look and the rename: put it back
  rmSync(aside, { force: true })
}

/** @param {string} file */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return process.pid // gone this moment: nothing to remove
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
