import type { ReactNode } from 'react';
import { label, labelCell } from '../../analysis/models/label';
import { say } from '../../analysis/sheet';
import type { Factor } from '../../api/models';
import { useConsole } from '../../app/context';
import { IntervalBar } from '../../charts/IntervalBar';
import { Empty, Table } from '../../ui/parts';
import type { Opened } from './SheetTable';

type Open = (opened: Opened) => void;

/** What goes with completing a funnel, as ratios of odds with their intervals. */
export function FactorTable({ factors, onOpen }: { factors: readonly Factor[]; onOpen: Open }): ReactNode {
  const { t } = useConsole();
  const title = t('funnel.factors');
  return (
    <section className="panel factors" data-testid="factors">
      <h3>{title}</h3>
      <p className="hint">{t('funnel.factors.hint')}</p>
      {factors.length === 0 ? (
        <Empty>{t('funnel.factors.none')}</Empty>
      ) : (
        <div className="sheet">
          <Table label={title}>
            <thead>
              <tr>
                <th>{t('funnel.factor')}</th>
                <th className="number">{t('funnel.factor.completeWith')}</th>
                <th className="number">{t('funnel.factor.lostWith')}</th>
                <th className="number">{t('funnel.factor.without')}</th>
                <th className="factor-interval">{t('funnel.factor.ratio')}</th>
              </tr>
            </thead>
            <tbody>
              {factors.map((factor, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are replaced as a whole.
                <FactorRow key={index} factor={factor} onOpen={onOpen} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function FactorRow({ factor, onOpen }: { factor: Factor; onOpen: Open }): ReactNode {
  const { t, format } = useConsole();
  const value = say(label(factor.value), t, format);
  const name = factor.name === '' ? value : `${factor.name}: ${value}`;
  const { completeWith, complete, lostWith, lost, oddsRatio, oddsRatioLow, oddsRatioHigh } = factor;
  const ratio = format.factor(oddsRatio);
  const interval = `${format.factor(oddsRatioLow)} – ${format.factor(oddsRatioHigh)}`;
  const open = (isLost: boolean) => {
    const column = t(isLost ? 'funnel.factor.lostWith' : 'funnel.factor.completeWith');
    const part = { attribute: factor.attribute, value: labelCell(factor.value) };
    onOpen({ title: `${name} · ${column}`, cell: { funnel: { lost: isLost, factor: part } } });
  };
  return (
    <tr>
      <td>{name}</td>
      <Opening count={completeWith} onOpen={() => open(false)} />
      <Opening count={lostWith} onOpen={() => open(true)} />
      <td className="number">
        {`${format.count(complete - completeWith)} / ${format.count(lost - lostWith)}`}
      </td>
      <td className="factor-interval">
        <IntervalBar
          value={place(oddsRatio)}
          low={place(oddsRatioLow)}
          high={place(oddsRatioHigh)}
          reference={place(1)}
          label={`${t('funnel.factor.ratio')} ${ratio}, ${interval}`}
        />
        {ratio} <small className="hint">({interval})</small>
      </td>
    </tr>
  );
}

function Opening({ count, onOpen }: { count: number; onOpen: () => void }): ReactNode {
  const { format } = useConsole();
  return (
    <td className="number">
      {count > 0 ? (
        <button type="button" className="link" data-testid="number" onClick={onOpen}>
          {format.count(count)}
        </button>
      ) : (
        format.count(count)
      )}
    </td>
  );
}

/** Where a ratio stands from 0 to 1: 1 in the middle, a ratio and its inverse equally far from it. */
export function place(ratio: number): number {
  return 1 / (1 + 1 / ratio);
}
