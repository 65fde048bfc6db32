import type { ReactNode } from 'react';
import { lengths, localDate, type Range } from '../analysis/range';
import { useConsole } from '../app/context';
import { InputField } from './InputField';

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
          <InputField
            label={t('range.from')}
            type="date"
            value={range.from}
            onChange={(from) => onChange({ ...range, from })}
          />
          <InputField
            label={t('range.to')}
            type="date"
            value={range.to}
            onChange={(to) => onChange({ ...range, to })}
          />
        </>
      )}
    </>
  );
}
