import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Range } from '../analysis/range';
import { defaultStart, retentionQuery, type TimeUnit, units } from '../analysis/retention';
import { anybody, scopeOf, type Users } from '../analysis/scope';
import { record } from '../api/decode';
import { useConsole } from '../app/context';

import { useLoad } from '../app/load';
import { describeCondition } from '../format/conditions';
import { Whose } from '../ui/conditions/Whose';
import { Card, Empty, Loaded } from '../ui/parts';
import { EventPicker } from '../ui/pickers';
import { RangePicker } from '../ui/RangePicker';
import { WithEvents } from '../ui/WithEvents';
import { AnswerView } from './answers/AnswerView';
import { Tools } from './answers/Tools';

/** Asks a retention table and shows it as a heat map. */
export function Retention(): ReactNode {
  return <WithEvents>{(events) => <Workbench known={events} />}</WithEvents>;
}

function Workbench({ known }: { known: readonly string[] }): ReactNode {
  const { tenure, t, format } = useConsole();
  const [start, setStart] = useState(() => defaultStart(known));
  const [comeBack, setComeBack] = useState('');
  const [unit, setUnit] = useState<TimeUnit>('TIME_UNIT_WEEK');
  const [range, setRange] = useState<Range>({ kind: 'last', days: 120 });
  const [users, setUsers] = useState<Users>(anybody);
  const asked = useMemo(() => {
    const bounds = scopeOf(range, users);
    return bounds && retentionQuery(bounds, start, comeBack, unit);
  }, [range, users, start, comeBack, unit]);
  const retention = useLoad(
    useCallback(
      async (signal: AbortSignal) => asked && (await tenure.analyses.run(asked, signal)),
      [tenure, asked],
    ),
  );
  const narrowed = record(asked?.scope).users;
  const condition = narrowed === undefined ? undefined : record(narrowed);
  return (
    <Card
      title={t('retention.table')}
      hint={t('analyses.hint')}
      className="result"
      actions={asked && <Tools query={asked} />}
    >
      <div className="fields">
        <EventPicker
          label={t('retention.start')}
          value={start}
          empty={t('retention.any')}
          eager={false}
          onChange={setStart}
        />
        <EventPicker
          label={t('retention.return')}
          value={comeBack}
          empty={t('retention.any')}
          eager={false}
          onChange={setComeBack}
        />
        <label className="field">
          <span>{t('retention.unit')}</span>
          <select value={unit} onChange={(event) => setUnit(event.target.value as TimeUnit)}>
            {units.map((each) => (
              <option key={each} value={each}>
                {t(`retention.unit.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <RangePicker range={range} onChange={setRange} />
      </div>
      <details className="narrow">
        <summary>
          {t('analyses.users')}
          {condition !== undefined && `: ${describeCondition(condition, t, format)}`}
        </summary>
        <Whose users={users} hideLabel onChange={setUsers} />
      </details>
      {asked ? (
        <Loaded from={retention}>{(answer) => answer && <AnswerView query={asked} answer={answer} />}</Loaded>
      ) : (
        <Empty>{t('analyses.notWhole')}</Empty>
      )}
    </Card>
  );
}
