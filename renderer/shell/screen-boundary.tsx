/** Keeps a mistake in one screen from taking the window with it. Shown anew when the place changes or on request. */
import { Button } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import { Component, type ReactNode } from 'react'
import type { Texts } from '../text/en/all.ts'
import { EmptyState } from '../ui/empty-state.tsx'

interface Props {
  readonly words: Texts['shell']['screenBroke']
  readonly children: ReactNode
}

export class ScreenBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    const { words, children } = this.props
    if (!this.state.broken) return children
    return (
      <div role="alert" style={{ display: 'flex', height: '100%' }}>
        <EmptyState
          icon={<WarningRegular />}
          title={words.title}
          body={words.body}
          action={<Button onClick={() => this.setState({ broken: false })}>{words.again}</Button>}
        />
      </div>
    )
  }
}
