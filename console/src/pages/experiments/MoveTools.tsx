import { type ReactNode, useState } from 'react';
import { Problem } from '../../api/client';
import type { Json } from '../../api/decode';
import type { Experiment } from '../../api/experiments';
import { type Action, useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { href, navigate } from '../../app/router';
import { partsOf } from '../../experiment/draft';
import { isDeletable, isGrave, isOpen, latestRun, type Move, movesOf } from '../../experiment/moves';
import { Drawer } from '../../ui/Drawer';
import { InputField } from '../../ui/InputField';
import { ConfirmActions, isConflict } from '../../ui/KeptTools';
import { Failure } from '../../ui/parts';
import { SelectField } from '../../ui/SelectField';
import { TextField } from '../../ui/TextField';

/** What can be done with an experiment now, each with a reason and one more look. */
export function MoveTools(props: { experiment: Experiment; onChanged: () => void }): ReactNode {
  const { t } = useConsole();
  const { experiment, onChanged } = props;
  const [open, setOpen] = useState<Move | 'delete'>();
  const close = (failure?: unknown) => {
    setOpen(undefined);
    if (isConflict(failure)) {
      onChanged();
    }
  };
  return (
    <>
      {movesOf(experiment).map((move) => (
        <button
          key={move}
          type="button"
          className={isGrave(move) ? 'danger' : undefined}
          data-testid={`move-${move}`}
          onClick={() => setOpen(move)}
        >
          {t(`experiments.move.${move}`)}
        </button>
      ))}
      {isOpen(experiment) && (
        <a className="button" href={href('experiments', experiment.key, 'edit')} data-testid="edit">
          {t('experiments.edit')}
        </a>
      )}
      {isDeletable(experiment) && (
        <button
          type="button"
          className="danger"
          data-testid="delete-experiment"
          onClick={() => setOpen('delete')}
        >
          {t('experiments.delete')}
        </button>
      )}
      {open === 'delete' && <Delete experiment={experiment} onClose={close} />}
      {open && open !== 'delete' && (
        <MoveForm
          experiment={experiment}
          move={open}
          onClose={close}
          onMoved={() => {
            setOpen(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function MoveForm(props: {
  experiment: Experiment;
  move: Move;
  onClose: (failure: unknown) => void;
  onMoved: () => void;
}): ReactNode {
  const { tenure, t, format } = useConsole();
  const { experiment, move } = props;
  const [comment, setComment] = useState('');
  const [share, setShare] = useState('');
  const [variant, setVariant] = useState('');
  const action = useAction();
  const label = t(`experiments.move.${move}`);
  const body = bodyOf(move, share, variant);
  const now = format.rate((latestRun(experiment)?.currentShare ?? 0) / 10_000);
  return (
    <Drawer
      title={t('experiments.move.of', { move: label, name: experiment.name })}
      onClose={() => props.onClose(action.failure)}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (body) {
            action.run(async () => {
              await tenure.experiments.move(experiment, body, comment.trim());
              props.onMoved();
            });
          }
        }}
      >
        <p>{t(`experiments.move.${move}.sure`, { share: now })}</p>
        {move === 'ramp' && (
          <InputField
            label={t('experiments.move.ramp.share')}
            inputMode="decimal"
            required
            value={share}
            onChange={setShare}
          />
        )}
        {move === 'decide' && (
          <SelectField
            label={t('experiments.move.decide.variant')}
            value={variant}
            choices={[
              { value: '', label: t('experiments.move.decide.none') },
              ...experiment.arms.map((arm) => ({ value: arm.variant, label: arm.variant })),
            ]}
            onChange={setVariant}
          />
        )}
        <TextField
          label={t('experiments.move.comment')}
          rows={3}
          maxLength={2000}
          value={comment}
          onChange={setComment}
        />
        <MoveFailure move={move} failure={action.failure} />
        <ConfirmActions
          action={action}
          label={label}
          danger={isGrave(move)}
          disabled={!body}
          onCancel={() => props.onClose(action.failure)}
        />
      </form>
    </Drawer>
  );
}

/** A failure, and what to do about it where the server's words do not say. */
export function MoveFailure({ move, failure }: { move: Move; failure: unknown }): ReactNode {
  const { t } = useConsole();
  if (failure === undefined) {
    return null;
  }
  const own = move === 'approve' && failure instanceof Problem && failure.kind === 'permission-denied';
  return (
    <>
      <Failure failure={failure} />
      {own && <p className="warning">{t('experiments.move.approve.own')}</p>}
    </>
  );
}

/** The move (MoveExperimentRequest.move); nothing while its share is none. */
export function bodyOf(move: Move, share: string, variant: string): Json | undefined {
  switch (move) {
    case 'ramp': {
      const parts = partsOf(share);
      return parts ? { ramp: { share: parts } } : undefined;
    }
    case 'decide':
      return { decide: { variant } };
    default:
      return { [move]: {} };
  }
}

function Delete(props: { experiment: Experiment; onClose: (failure: unknown) => void }): ReactNode {
  const { tenure, t } = useConsole();
  const { experiment } = props;
  const action: Action = useAction();
  const close = () => props.onClose(action.failure);
  return (
    <Drawer
      title={t('experiments.move.of', { move: t('experiments.delete'), name: experiment.name })}
      onClose={close}
    >
      <div className="stack">
        <p>{t('experiments.delete.sure')}</p>
        {action.failure !== undefined && <Failure failure={action.failure} />}
        <ConfirmActions
          action={action}
          label={t('experiments.delete')}
          danger
          onConfirm={() =>
            action.run(async () => {
              await tenure.experiments.remove(experiment);
              navigate('experiments');
            })
          }
          onCancel={close}
        />
      </div>
    </Drawer>
  );
}
