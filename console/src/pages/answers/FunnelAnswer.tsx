import type { ReactNode } from 'react';
import { nextEventSheets, timeSheet, valueSheet } from '../../analysis/funnelSheets';
import { type Sheet, say, word } from '../../analysis/sheet';
import type { Answer } from '../../api/analyses';
import { type Json, record, text } from '../../api/decode';
import { funnelOf } from '../../api/models';
import { useConsole } from '../../app/context';
import { FunnelChart } from '../../charts/FunnelChart';
import { Empty } from '../../ui/parts';
import { FactorTable } from './FactorTable';
import { type Opened, SheetTable } from './SheetTable';

/** A funnel with whatever else it was asked: its values, where the lost went, what goes with completing, how long it took. */
export function FunnelAnswer(props: {
  query: Json;
  answer: Answer;
  onOpen: (opened: Opened) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { query, answer, onOpen } = props;
  const funnel = funnelOf(answer);
  if ((funnel.steps[0]?.users ?? 0) === 0) {
    return <Empty>{t('funnel.nobody')}</Empty>;
  }
  const asked = record(query.funnel);
  const breakdown = record(asked.breakdown);
  const values = valueSheet(funnel, text(breakdown.property) || text(breakdown.trait));
  const next = nextEventSheets(funnel);
  const times = timeSheet(funnel);
  const median = format.duration(funnel.medianTime);
  const table = (sheet: Sheet) => {
    const label = say(sheet.title ?? word('funnel.times', { median }), t, format);
    return <SheetTable key={label} sheet={sheet} label={label} onOpen={onOpen} />;
  };
  return (
    <>
      <FunnelChart
        steps={funnel.steps}
        onOpen={(step, lost) =>
          onOpen({
            title: t(lost ? 'users.lost' : 'users.reached', { name: funnel.steps[step]?.name ?? '' }),
            cell: { funnel: { step, lost } },
          })
        }
      />
      {values && table(values)}
      {next.length > 0 && (
        <section className="panel" data-testid="next-events">
          <h3>{t('funnel.next')}</h3>
          {next.map(table)}
        </section>
      )}
      {asked.factors !== undefined && <FactorTable factors={funnel.factors} onOpen={onOpen} />}
      {times && (
        <details className="narrow" data-testid="times">
          <summary>{t('funnel.times', { median })}</summary>
          {table(times)}
        </details>
      )}
    </>
  );
}
