import { type ReactNode, useCallback } from 'react';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { Empty, Loaded } from './parts';

/** Loads the names of the events that happened, most frequent first; without any there is nothing to ask. */
export function WithEvents({ children }: { children: (events: readonly string[]) => ReactNode }): ReactNode {
  const { tenure, t } = useConsole();
  const names = useLoad(useCallback(() => tenure.catalogue.events(), [tenure]));
  return (
    <Loaded from={names}>
      {({ entries }) => {
        const events = entries.filter((event) => event.events > 0).map((event) => event.name);
        return events.length === 0 ? <Empty>{t('funnel.noEvents')}</Empty> : children(events);
      }}
    </Loaded>
  );
}
