/** Which installed browser shows the window: Chromium, Chrome or Edge, whichever is found first. */
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge']
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
const windowsPaths = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'Chromium\\Application\\chrome.exe']

function candidates(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly string[] {
  if (platform === 'darwin') return macApplications
  if (platform === 'win32') {
    const roots = [environment['PROGRAMFILES'], environment['PROGRAMFILES(X86)'], environment['LOCALAPPDATA']]
    return roots.flatMap((root) => (root === undefined ? [] : windowsPaths.map((path) => join(root, path))))
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** `MAILROOM_BROWSER` names another one. null = there is none. */
export async function findBrowser(platform = process.platform, environment = process.env): Promise<string | null> {
  const wanted = environment['MAILROOM_BROWSER']
  const paths = wanted === undefined || wanted === '' ? candidates(platform, environment) : [wanted]
  for (const path of paths) {
    const usable = await access(path, constants.X_OK).then(() => true, () => false)
    if (usable) return path
  }
  return null
}
