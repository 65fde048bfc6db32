import { type ReactNode, useCallback } from 'react';
import type { Experiment } from '../../api/experiments';
import { mayEdit, useConsole } from '../../app/context';
import { type Reloadable, useLoad } from '../../app/load';
import { href } from '../../app/router';
import { isOpen } from '../../experiment/moves';
import { Card, Loaded, ReloadButton } from '../../ui/parts';
import { Changes } from './Changes';
import { Design } from './Design';
import { DraftPage } from './DraftPage';
import { StateBadge } from './ExperimentList';
import { MoveTools } from './MoveTools';
import { Results } from './results/Results';

const parts = ['design', 'results', 'history'] as const;

/** One experiment: where it stands, what can be done with it, and one of its parts. */
export function ExperimentPage({ experimentKey, part }: { experimentKey: string; part: string }): ReactNode {
  const { tenure, t } = useConsole();
  const experiment = useLoad(
    useCallback(
      (signal: AbortSignal) => tenure.experiments.one(experimentKey, signal),
      [tenure, experimentKey],
    ),
  );
  return (
    <div className="stack">
      <p>
        <a href={href('experiments')}>← {t('experiments.back')}</a>
      </p>
      <Loaded from={experiment}>
        {(value) =>
          part === 'edit' && isOpen(value) ? (
            <DraftPage key={value.etag} experiment={value} onSaved={experiment.reload} />
          ) : (
            <Opened experiment={value} from={experiment} part={part} />
          )
        }
      </Loaded>
    </div>
  );
}

function Opened(props: { experiment: Experiment; from: Reloadable<Experiment>; part: string }): ReactNode {
  const { t, role } = useConsole();
  const { experiment, from } = props;
  const part = parts.find((each) => each === props.part) ?? 'design';
  return (
    <div className="stack">
      <Card
        title={
          <>
            {experiment.name} <StateBadge state={experiment.state} />
          </>
        }
        hint={<code>{experiment.key}</code>}
        actions={
          <>
            {mayEdit(role) && <MoveTools experiment={experiment} onChanged={from.reload} />}
            <ReloadButton of={from} />
          </>
        }
      >
        {!mayEdit(role) && <p className="hint">{t('person.needsEditor')}</p>}
        <nav className="tabs" aria-label={t('experiments.parts')}>
          {parts.map((each) => (
            <a
              key={each}
              href={href('experiments', experiment.key, each === 'design' ? '' : each)}
              aria-current={each === part ? 'page' : undefined}
              data-testid={`part-${each}`}
            >
              {t(`experiments.part.${each}`)}
            </a>
          ))}
        </nav>
      </Card>
      {part === 'design' && <Design experiment={experiment} />}
      {part === 'results' && <Results experiment={experiment} />}
      {part === 'history' && <Changes experiment={experiment} />}
    </div>
  );
}
