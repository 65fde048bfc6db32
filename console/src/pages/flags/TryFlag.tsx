import { type FormEvent, type ReactNode, useState } from 'react';
import type { Json } from '../../api/decode';
import type { Explanation } from '../../api/flags';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { href } from '../../app/router';
import { describeStep, describeValue } from '../../format/flags';
import { knownKey } from '../../i18n/translate';
import { InputField } from '../../ui/InputField';
import { Card, Failure } from '../../ui/parts';
import { TextField } from '../../ui/TextField';

/** Decides a flag for somebody and tells every step. */
export function TryFlag({ flagKey }: { flagKey: string }): ReactNode {
  const { tenure, t } = useConsole();
  const [unit, setUnit] = useState('');
  const [written, setWritten] = useState('');
  const [answer, setAnswer] = useState<{ unit: string; explanation: Explanation }>();
  const action = useAction();
  const context = contextOf(written);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (context.kind === 'whole') {
      action.run(async () => {
        const asked = unit.trim();
        setAnswer({ unit: asked, explanation: await tenure.flags.explain(flagKey, asked, context.values) });
      });
    }
  };
  return (
    <Card title={t('flags.try')} hint={t('flags.try.hint')}>
      <div className="try">
        <form className="stack" onSubmit={submit}>
          <InputField
            label={t('flags.try.unit')}
            required
            autoComplete="off"
            maxLength={255}
            value={unit}
            onChange={setUnit}
          />
          <TextField
            label={t('flags.try.context')}
            placeholder={'tier = gold\nage = 34'}
            rows={4}
            value={written}
            onChange={setWritten}
          />
          {context.kind === 'broken' && (
            <p className="wrong" role="alert">
              {t('flags.try.context.bad', { line: context.line })}
            </p>
          )}
          <div className="actions">
            <button
              type="submit"
              className="primary"
              data-testid="explain"
              disabled={action.busy || unit.trim() === '' || context.kind === 'broken'}
            >
              {t('flags.try.ask')}
            </button>
          </div>
        </form>
        <div aria-live="polite" aria-busy={action.busy}>
          {action.failure !== undefined ? (
            <Failure failure={action.failure} />
          ) : (
            answer && <Explained unit={answer.unit} explanation={answer.explanation} />
          )}
        </div>
      </div>
    </Card>
  );
}

export function Explained({ unit, explanation }: { unit: string; explanation: Explanation }): ReactNode {
  const { t } = useConsole();
  const { variant, value, rule, experiment, steps } = explanation;
  const reason = knownKey(`flags.reason.${explanation.reason}`);
  return (
    <div data-testid="explained">
      <p className="gets">
        {t(variant ? 'flags.try.gets' : 'flags.try.own', { unit, variant })}{' '}
        <code>{describeValue(value, t)}</code>
      </p>
      <p className="hint">
        {[reason ? t(reason) : explanation.reason, ...(rule ? [t('flags.try.byRule', { rule })] : [])].join(
          ' · ',
        )}
        {experiment && (
          <>
            {' · '}
            <a href={href('experiments', experiment)}>{t('flags.try.experiment', { experiment })}</a>
          </>
        )}
      </p>
      {explanation.degraded && <p className="wrong">{t('flags.try.degraded')}</p>}
      <h3>{t('flags.try.steps')}</h3>
      {steps.length === 0 ? (
        <p className="hint">{t('flags.try.noSteps')}</p>
      ) : (
        <ol className="rules">
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may be equal; their place is their identity.
            <li key={index} data-testid="step">
              <span className="funnel-number">{index + 1}</span>
              <div>
                {describeStep(step, t)}
                {step.rule && (
                  <small>
                    <code>{step.rule}</code>
                  </small>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

type Context =
  | { readonly kind: 'whole'; readonly values: Json }
  | { readonly kind: 'broken'; readonly line: number };

/** Attributes as people write them: a number, true, null or other JSON is meant as such, everything else is text. */
export function contextOf(written: string): Context {
  const values: Record<string, unknown> = {};
  for (const [index, line] of written.split('\n').entries()) {
    if (line.trim() === '') {
      continue;
    }
    const [, name, value] = /^\s*([^=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      return { kind: 'broken', line: index + 1 };
    }
    values[name] = meant(value);
  }
  return { kind: 'whole', values };
}

function meant(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
