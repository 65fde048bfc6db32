import { type ReactNode, useCallback } from 'react';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { href } from '../../app/router';
import { Card, Loaded } from '../../ui/parts';

/** The segments a user is in. */
export function Memberships({ userNumber }: { userNumber: number }): ReactNode {
  const { tenure, t } = useConsole();
  const segments = useLoad(
    useCallback((signal: AbortSignal) => tenure.memberships(userNumber, signal), [tenure, userNumber]),
  );
  return (
    <Card title={t('profiles.segments')}>
      <Loaded from={segments}>
        {(ids) =>
          ids.length === 0 ? (
            <p className="hint">{t('profiles.segments.empty')}</p>
          ) : (
            <p className="chips">
              {ids.map((id) => (
                <a key={id} className="chip" href={href('segments', id)}>
                  {id}
                </a>
              ))}
            </p>
          )
        }
      </Loaded>
    </Card>
  );
}
