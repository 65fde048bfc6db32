import { type ReactNode, useState } from 'react';
import { idOf } from '../../api/analyses';
import type { Json } from '../../api/decode';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { href } from '../../app/router';
import { NameForm } from '../../ui/NameForm';
import type { Opened } from './SheetTable';

/** Keeps the users behind a number as a segment with fixed members. */
export function Keep({ query, opened }: { query: Json; opened: Opened }): ReactNode {
  const { tenure, t, format, role } = useConsole();
  const action = useAction();
  const [kept, setKept] = useState<{ id: string; members: number }>();
  if (!mayEdit(role)) {
    return null;
  }
  if (kept) {
    return (
      <p role="status">
        <a href={href('segments', kept.id)}>
          {t('analyses.segment.kept', { count: format.count(kept.members) })}
        </a>
      </p>
    );
  }
  return (
    <NameForm
      submit={t('analyses.segment')}
      action={action}
      onSubmit={(name) =>
        action.run(async () => {
          const id = idOf(name, new Date());
          setKept({ id, members: await tenure.analyses.saveSegment(id, name, query, opened.cell) });
        })
      }
    />
  );
}
