import type { Dispatch, ReactNode } from 'react';
import { type DraftAction, type FunnelDraft, fewestSteps, mostSteps } from '../../analysis/funnel';
import { useConsole } from '../../app/context';
import { CheckField } from '../../ui/CheckField';
import { FilterList } from '../../ui/conditions/Comparisons';
import { Icon } from '../../ui/icons';
import { IconButton } from '../../ui/parts';
import { EventPicker } from '../../ui/pickers';

/** The steps of a funnel, in their order, each with its filters. */
export function StepEditor(props: { draft: FunnelDraft; dispatch: Dispatch<DraftAction> }): ReactNode {
  const { t } = useConsole();
  const { draft, dispatch } = props;
  return (
    <>
      <ol className="steps">
        {draft.steps.map((step, index) => (
          <li key={step.id}>
            <span className="funnel-number" aria-hidden="true">
              {index + 1}
            </span>
            <EventPicker
              label={t('funnel.step', { number: index + 1 })}
              hideLabel
              value={step.event}
              onChange={(event) => dispatch({ kind: 'choose', id: step.id, event })}
            />
            <IconButton
              icon="up"
              label={t('funnel.step.up', { number: index + 1 })}
              disabled={index === 0}
              onClick={() => dispatch({ kind: 'move', id: step.id, by: -1 })}
            />
            <IconButton
              icon="down"
              label={t('funnel.step.down', { number: index + 1 })}
              disabled={index === draft.steps.length - 1}
              onClick={() => dispatch({ kind: 'move', id: step.id, by: 1 })}
            />
            <IconButton
              icon="close"
              label={t('funnel.step.remove', { number: index + 1 })}
              disabled={draft.steps.length <= fewestSteps}
              onClick={() => dispatch({ kind: 'remove', id: step.id })}
            />
            {step.event !== '' && (
              <div className="step-more">
                <CheckField
                  label={t('funnel.step.first')}
                  checked={step.firstTime}
                  onChange={(firstTime) => dispatch({ kind: 'first', id: step.id, firstTime })}
                />
                <FilterList
                  event={step.event}
                  filters={step.filters}
                  onChange={(filters) => dispatch({ kind: 'filter', id: step.id, filters })}
                />
              </div>
            )}
          </li>
        ))}
      </ol>
      <button
        type="button"
        disabled={draft.steps.length >= mostSteps}
        onClick={() => dispatch({ kind: 'add' })}
      >
        <Icon name="plus" />
        {t('funnel.step.add')}
      </button>
    </>
  );
}
