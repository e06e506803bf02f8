/**
 * What a screen reader says and the eye does not see. Its element's parent needs a `position`: without one it stands at its place
 * in the whole page, and a long list makes the page itself longer than the window.
 */
import type { GriffelStyle } from '@fluentui/react-components'

export const onlyReadAloud: GriffelStyle = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' }
