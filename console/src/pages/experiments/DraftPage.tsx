import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import type { Experiment, Metric, Named } from '../../api/experiments';
import type { Flag } from '../../api/flags';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { navigate } from '../../app/router';
import { type Draft, definitionOf, draftOf, emptyDraft, faultsOf } from '../../experiment/draft';
import { isConflict } from '../../ui/KeptTools';
import { Card, Failure, Loaded } from '../../ui/parts';
import { PlanFields } from './PlanFields';
import { SampleHint } from './SampleHint';
import { WhatFields } from './WhatFields';
import { WhoFields } from './WhoFields';

/** What a draft can name. */
export interface Known {
  readonly flags: readonly Flag[];
  readonly metrics: readonly Metric[];
  readonly layers: readonly Named[];
  readonly holdouts: readonly Named[];
}

/** A part of the form. */
export interface DraftFields {
  readonly draft: Draft;
  readonly known: Known;
  readonly onChange: (draft: Draft) => void;
}

/** Designs an experiment: a new one, or one that was not started yet. */
export function DraftPage(props: { experiment: Experiment | undefined; onSaved?: () => void }): ReactNode {
  const { tenure } = useConsole();
  const known = useLoad<Known>(
    useCallback(
      async (signal: AbortSignal) => {
        const { flags, experiments } = tenure;
        const [all, metrics, layers, holdouts] = await Promise.all([
          flags.all(signal),
          experiments.metrics(signal),
          experiments.layers(signal),
          experiments.holdouts(signal),
        ]);
        return { flags: all, metrics, layers, holdouts };
      },
      [tenure],
    ),
  );
  return <Loaded from={known}>{(value) => <DraftForm known={value} {...props} />}</Loaded>;
}

export function DraftForm(props: {
  known: Known;
  experiment: Experiment | undefined;
  onSaved?: () => void;
}): ReactNode {
  const { tenure, t } = useConsole();
  const { known, experiment, onSaved } = props;
  const [draft, setDraft] = useState<Draft>(() => (experiment ? draftOf(experiment) : emptyDraft));
  const action = useAction();
  const faults = faultsOf(draft);
  const fields = { draft, known, onChange: setDraft };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    action.run(async () => {
      const definition = definitionOf(draft, experiment?.definition);
      if (experiment) {
        await tenure.experiments.update(experiment.key, definition);
      } else {
        await tenure.experiments.create(definition);
      }
      navigate('experiments', draft.key);
      onSaved?.();
    });
  };
  return (
    <form className="stack" onSubmit={submit} data-testid="draft">
      <h2>
        {experiment ? t('experiments.draft.of', { name: experiment.name }) : t('experiments.draft.new')}
      </h2>
      {experiment && experiment.state !== 'DRAFT' && (
        <p className="warning">{t('experiments.draft.again')}</p>
      )}
      <div className="grid">
        <Card className="half" title={t('experiments.draft.what')}>
          <WhatFields {...fields} isNew={!experiment} />
        </Card>
        <Card className="half" title={t('experiments.draft.who')}>
          <WhoFields {...fields} />
        </Card>
        <Card className="two-thirds" title={t('experiments.draft.plan')}>
          <PlanFields {...fields} />
        </Card>
        <SampleHint draft={draft} onPlan={(plannedUnits) => setDraft({ ...draft, plannedUnits })} />
      </div>
      <section className="card stack tight">
        {faults.length > 0 && (
          <p className="hint" data-testid="faults">
            {t('experiments.draft.missing')}{' '}
            {faults.map((fault) => t(`experiments.fault.${fault}`)).join(', ')}
          </p>
        )}
        {action.failure !== undefined && (
          <Failure
            failure={action.failure}
            {...(isConflict(action.failure) && onSaved && { onRetry: onSaved })}
          />
        )}
        <button
          type="submit"
          className="primary"
          data-testid="save-draft"
          disabled={action.busy || faults.length > 0}
        >
          {t(experiment ? 'experiments.draft.update' : 'experiments.draft.create')}
        </button>
      </section>
    </form>
  );
}
