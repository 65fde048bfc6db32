import { type ReactNode, useState } from 'react';
import type { SampleSize } from '../../api/experiments';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { type Draft, questionsOf, sampleQuestion } from '../../experiment/draft';
import { InputField } from '../../ui/InputField';
import { Card, Failure } from '../../ui/parts';
import { SelectField } from '../../ui/SelectField';

/** Says how many units a design takes, by what the control is known to do. */
export function SampleHint({ draft, onPlan }: { draft: Draft; onPlan: (units: string) => void }): ReactNode {
  const { tenure, t } = useConsole();
  const [kind, setKind] = useState<'rate' | 'mean'>('rate');
  const [rate, setRate] = useState('');
  const [mean, setMean] = useState('');
  const [deviation, setDeviation] = useState('');
  const [answer, setAnswer] = useState<{ asked: string; size: SampleSize }>();
  const action = useAction();
  const question = sampleQuestion(draft, kind === 'rate' ? { kind, rate } : { kind, mean, deviation });
  // An answer belongs to the design it was asked for.
  const current = answer?.asked === JSON.stringify(question) ? answer : undefined;
  return (
    <Card
      title={t('experiments.sample')}
      hint={t('experiments.sample.hint', { count: draft.correction === 'NONE' ? 1 : questionsOf(draft) })}
    >
      <div className="stack">
        <SelectField
          label={t('experiments.sample.kind')}
          value={kind}
          choices={(['rate', 'mean'] as const).map((value) => ({
            value,
            label: t(`experiments.sample.kind.${value}`),
          }))}
          onChange={setKind}
        />
        {kind === 'rate' ? (
          <InputField
            label={t('experiments.sample.rate')}
            inputMode="decimal"
            data-testid="sample-rate"
            value={rate}
            onChange={setRate}
          />
        ) : (
          <>
            <InputField
              label={t('experiments.sample.mean')}
              inputMode="decimal"
              value={mean}
              onChange={setMean}
            />
            <InputField
              label={t('experiments.sample.deviation')}
              inputMode="decimal"
              value={deviation}
              onChange={setDeviation}
            />
          </>
        )}
        {!question && <p className="hint">{t('experiments.sample.whole')}</p>}
        <div className="actions">
          <button
            type="button"
            data-testid="sample-ask"
            disabled={!question || action.busy}
            onClick={() =>
              question &&
              action.run(async () => {
                const asked = JSON.stringify(question);
                setAnswer({ asked, size: await tenure.experiments.sampleSize(question) });
              })
            }
          >
            {t('experiments.sample.ask')}
          </button>
        </div>
        {action.failure !== undefined && <Failure failure={action.failure} />}
        <div aria-live="polite">{current && <Answer size={current.size} onPlan={onPlan} />}</div>
      </div>
    </Card>
  );
}

export function Answer({ size, onPlan }: { size: SampleSize; onPlan: (units: string) => void }): ReactNode {
  const { t, format } = useConsole();
  if (size.totalUnits === 0) {
    return <p className="warning">{size.obstacle || t('results.verdict.unknown')}</p>;
  }
  return (
    <div className="stack tight" data-testid="sample-size">
      <p>
        {t('experiments.sample.answer', {
          total: format.count(size.totalUnits),
          arms: size.armUnits.map(format.count).join(' + '),
        })}
      </p>
      <button type="button" data-testid="sample-take" onClick={() => onPlan(String(size.totalUnits))}>
        {t('experiments.sample.take')}
      </button>
    </div>
  );
}
