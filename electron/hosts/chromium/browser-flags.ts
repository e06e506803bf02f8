/** How the browser is started. Every flag is here for a reason that was measured; see docs/decisions. */

/** Shown for the moment before the page is up. `--app=https://…` would flash an error page, `--app=about:blank` opens tabs. */
const splash = `data:text/html,${encodeURIComponent('<!doctype html><title>Mailroom</title><style>:root{color-scheme:light dark}</style>')}`

export function browserFlags(options: { readonly root: boolean; readonly width: number; readonly height: number }): readonly string[] {
  return [
    `--app=${splash}`,
    `--window-size=${options.width},${options.height}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--password-store=basic', // nothing is kept in the browser; without this it asks the keyring at start
    '--use-mock-keychain', // the same on macOS
    // No request leaves the window, and the browser's own to its maker must not either: the flags stop most of them, the
    // proxy that nobody listens on stops the rest, name look-ups included.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--no-pings',
    '--metrics-recording-only',
    '--disable-breakpad',
    '--proxy-server=127.0.0.1:1',
    '--disable-extensions',
    '--disable-default-apps',
    '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,InterestFeedContentSuggestions,DialMediaRouteProvider',
    '--disable-session-crashed-bubble',
    '--hide-crash-restore-bubble',
    '--disable-background-timer-throttling',
    // Chromium refuses to start its sandbox as root; only then it goes without.
    ...(options.root ? ['--no-sandbox', '--test-type'] : []),
  ]
}
