import type { ReactNode } from 'react';
import type { Freshness } from '../../api/analyses';
import { useConsole } from '../../app/context';

/** How fresh an answer is, whether (or when) it was given before, and whether it looked at everybody. */
export function Fresh(props: { freshness: Freshness; aged?: boolean }): ReactNode {
  const { t, format } = useConsole();
  const { dataTime, computeTime, rowsRead, repeated, samplePerMille } = props.freshness;
  // Where an older answer will do, something may have changed since.
  const told = props.aged
    ? t('analyses.computed', { time: format.dateTime(computeTime) })
    : t('analyses.repeated');
  return (
    <p className="hint fresh">
      {t('funnel.freshness', { time: format.dateTime(dataTime), rows: format.count(rowsRead) })}
      {repeated && ` · ${told}`}
      {samplePerMille > 0 &&
        samplePerMille < 1000 &&
        ` · ${t('analyses.sample', { share: format.share(samplePerMille / 1000) })}`}
    </p>
  );
}
