import type { ReactNode } from 'react';
import { lengths, localDate, type Range } from '../analysis/range';
import { useConsole } from '../app/context';

/** Chooses the time range of an analysis. */
export function RangePicker(props: { range: Range; onChange: (range: Range) => void }): ReactNode {
  const { t } = useConsole();
  const { range, onChange } = props;
  const choose = (value: string) => {
    const today = localDate(new Date());
    onChange(
      value === 'dates' ? { kind: 'dates', from: today, to: today } : { kind: 'last', days: Number(value) },
    );
  };
  return (
    <>
      <label className="field">
        <span>{t('range.label')}</span>
        <select
          value={range.kind === 'last' ? range.days : 'dates'}
          onChange={(event) => choose(event.target.value)}
        >
          {lengths.map((days) => (
            <option key={days} value={days}>
              {t('range.days', { days })}
            </option>
          ))}
          <option value="dates">{t('range.custom')}</option>
        </select>
      </label>
      {range.kind === 'dates' && (
        <>
          <label className="field">
            <span>{t('range.from')}</span>
            <input
              type="date"
              value={range.from}
              onChange={(event) => onChange({ ...range, from: event.target.value })}
            />
          </label>
          <label className="field">
            <span>{t('range.to')}</span>
            <input
              type="date"
              value={range.to}
              onChange={(event) => onChange({ ...range, to: event.target.value })}
            />
          </label>
        </>
      )}
    </>
  );
}
