import type { ReactNode } from 'react';
import type { Freshness } from '../../api/analyses';
import { useConsole } from '../../app/context';

/** How fresh an answer is, whether it was given before, and whether it looked at everybody. */
export function Fresh({ freshness }: { freshness: Freshness }): ReactNode {
  const { t, format } = useConsole();
  const { dataTime, rowsRead, repeated, samplePerMille } = freshness;
  return (
    <p className="hint">
      {t('funnel.freshness', { time: format.dateTime(dataTime), rows: format.count(rowsRead) })}
      {repeated && ` · ${t('analyses.repeated')}`}
      {samplePerMille > 0 &&
        samplePerMille < 1000 &&
        ` · ${t('analyses.sample', { share: format.share(samplePerMille / 1000) })}`}
    </p>
  );
}
