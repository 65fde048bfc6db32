import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { type Range, scope } from '../analysis/range';
import { defaultStart, retentionQuery, type TimeUnit, units } from '../analysis/retention';
import type { EventName } from '../api/tenure';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { HeatTable } from '../charts/HeatTable';
import { Card, Empty, Loaded } from '../ui/parts';
import { RangePicker } from '../ui/RangePicker';

/** Asks a retention table and shows it as a heat map. */
export function Retention(): ReactNode {
  const { tenure, t } = useConsole();
  const names = useLoad(useCallback((signal: AbortSignal) => tenure.eventNames(signal), [tenure]));
  return (
    <Loaded from={names}>
      {(value) => (value.length === 0 ? <Empty>{t('funnel.noEvents')}</Empty> : <Workbench names={value} />)}
    </Loaded>
  );
}

function Workbench({ names }: { names: readonly EventName[] }): ReactNode {
  const { tenure, t } = useConsole();
  const known = names.map((name) => name.name);
  const [start, setStart] = useState(() => defaultStart(known));
  const [comeBack, setComeBack] = useState('');
  const [unit, setUnit] = useState<TimeUnit>('TIME_UNIT_WEEK');
  const [range, setRange] = useState<Range>({ kind: 'last', days: 120 });
  const asked = useMemo(() => {
    const bounds = scope(range, new Date());
    return bounds && retentionQuery(bounds, start, comeBack, unit);
  }, [range, start, comeBack, unit]);
  const retention = useLoad(
    useCallback(
      async (signal: AbortSignal) => asked && (await tenure.runRetention(asked, signal)),
      [tenure, asked],
    ),
  );
  return (
    <Card title={t('retention.table')}>
      <div className="fields">
        <EventChoice label={t('retention.start')} value={start} names={known} onChange={setStart} />
        <EventChoice label={t('retention.return')} value={comeBack} names={known} onChange={setComeBack} />
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
      <Loaded from={retention}>
        {(value) =>
          value && value.cohorts.length > 0 ? (
            <HeatTable retention={value} />
          ) : (
            <Empty>{t('retention.empty')}</Empty>
          )
        }
      </Loaded>
    </Card>
  );
}

function EventChoice(props: {
  label: string;
  value: string;
  names: readonly string[];
  onChange: (event: string) => void;
}): ReactNode {
  const { t } = useConsole();
  return (
    <label className="field">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{t('retention.any')}</option>
        {props.names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
