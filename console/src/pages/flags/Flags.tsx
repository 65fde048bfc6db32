import type { ReactNode } from 'react';
import { FlagList } from './FlagList';
import { FlagPage } from './FlagPage';

/** The flags of the project, or one of them. */
export function Flags({ opened }: { opened: string }): ReactNode {
  return opened ? <FlagPage key={opened} flagKey={opened} /> : <FlagList />;
}
