import { type ReactNode, useState } from 'react';
import { Problem } from '../api/client';
import { type Action, useAction } from '../app/action';
import { mayEdit, useConsole } from '../app/context';
import { Drawer } from './Drawer';
import { NameForm } from './NameForm';
import { Failure, IconButton } from './parts';

/** Renames and deletes something that is kept under a name; only for those who may. */
export function KeptTools(props: {
  name: string;
  onRename: (name: string) => Promise<void>;
  onDelete: () => Promise<void>;
  /** Loads what somebody else made of it meanwhile. */
  onConflict: () => void;
}): ReactNode {
  const { t, role } = useConsole();
  const { name } = props;
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const action = useAction();
  if (!mayEdit(role)) {
    return null;
  }
  const close = () => {
    setOpen(undefined);
    if (isConflict(action.failure)) {
      props.onConflict();
    }
  };
  const perform = (work: () => Promise<void>) =>
    action.run(async () => {
      await work();
      setOpen(undefined);
    });
  return (
    <span className="kept-tools">
      <IconButton
        small
        icon="rename"
        label={t('kept.rename.of', { name })}
        onClick={() => setOpen('rename')}
      />
      <IconButton
        small
        icon="remove"
        label={t('kept.delete.of', { name })}
        onClick={() => setOpen('delete')}
      />
      {open === 'rename' && (
        <Drawer title={t('kept.rename.of', { name })} onClose={close}>
          <NameForm
            submit={t('kept.rename')}
            initial={name}
            action={action}
            onSubmit={(changed) => perform(() => props.onRename(changed))}
          />
        </Drawer>
      )}
      {open === 'delete' && (
        <Drawer title={t('kept.delete.of', { name })} onClose={close}>
          <div className="stack">
            <p>{t('kept.delete.sure', { name })}</p>
            {action.failure !== undefined && <Failure failure={action.failure} />}
            <ConfirmActions
              action={action}
              label={t('kept.delete')}
              danger
              onConfirm={() => perform(props.onDelete)}
              onCancel={close}
            />
          </div>
        </Drawer>
      )}
    </span>
  );
}

/** Does it, or leaves it. */
export function ConfirmActions(props: {
  action: Action;
  label: string;
  danger?: boolean;
  /** Where it is not there, the form around it is submitted. */
  onConfirm?: () => void;
  onCancel: () => void;
  disabled?: boolean;
  testId?: string;
}): ReactNode {
  const { t } = useConsole();
  const { action, onConfirm } = props;
  return (
    <div className="actions">
      <button
        type={onConfirm ? 'button' : 'submit'}
        className={props.danger ? 'danger' : 'primary'}
        disabled={action.busy || props.disabled}
        data-testid={props.testId ?? 'confirm'}
        onClick={onConfirm}
      >
        {action.busy ? t('person.busy') : props.label}
      </button>
      <button type="button" onClick={props.onCancel}>
        {t('person.cancel')}
      </button>
    </div>
  );
}

/** Whether somebody else changed it since it was read. */
export function isConflict(failure: unknown): boolean {
  return failure instanceof Problem && failure.kind === 'aborted';
}
