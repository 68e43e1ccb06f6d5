import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'idle';

/** A state as a word with a colour: never a colour alone. */
export function Status({ tone, children, tip }: { tone: Tone; children: ReactNode; tip?: string }) {
  return (
    <span className={`status ${tone}`} data-tip={tip} aria-description={tip}
      tabIndex={tip === undefined ? undefined : 0}>{children}</span>
  );
}
