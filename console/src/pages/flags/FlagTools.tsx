import { type ReactNode, useState } from 'react';
import type { Flag } from '../../api/flags';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { Drawer } from '../../ui/Drawer';
import { ConfirmActions, isConflict } from '../../ui/KeptTools';
import { Failure } from '../../ui/parts';

/** Switches a flag and deletes it, each after one more look. */
export function FlagTools(props: { flag: Flag; onChanged: () => void; onDeleted: () => void }): ReactNode {
  const { tenure, t } = useConsole();
  const { flag } = props;
  const [open, setOpen] = useState<'switch' | 'delete'>();
  const change = flag.enabled ? 'flags.switchOff' : 'flags.switchOn';
  const title = t(open === 'delete' ? 'flags.delete.of' : `${change}.of`, { name: flag.name });
  return (
    <>
      <button
        type="button"
        role="switch"
        aria-checked={flag.enabled}
        aria-label={flag.name}
        data-testid="switch"
        onClick={() => setOpen('switch')}
      >
        {t(change)}
      </button>
      <button type="button" className="danger" data-testid="delete-flag" onClick={() => setOpen('delete')}>
        {t('flags.delete')}
      </button>
      {open && (
        <Confirm
          key={open}
          title={title}
          text={
            open === 'delete' ? t('flags.delete.sure') : t(`${change}.sure`, { variant: flag.offVariant })
          }
          label={t(open === 'delete' ? 'flags.delete' : change)}
          danger={open === 'delete' || flag.enabled}
          work={async () => {
            await (open === 'delete' ? tenure.flags.remove(flag) : tenure.flags.switch(flag, !flag.enabled));
            setOpen(undefined);
            (open === 'delete' ? props.onDeleted : props.onChanged)();
          }}
          onClose={(failure) => {
            setOpen(undefined);
            if (isConflict(failure)) {
              props.onChanged();
            }
          }}
        />
      )}
    </>
  );
}

function Confirm(props: {
  title: string;
  text: string;
  label: string;
  danger: boolean;
  work: () => Promise<void>;
  onClose: (failure: unknown) => void;
}): ReactNode {
  const action = useAction();
  const close = () => props.onClose(action.failure);
  return (
    <Drawer title={props.title} onClose={close}>
      <div className="stack">
        <p>{props.text}</p>
        {action.failure !== undefined && <Failure failure={action.failure} />}
        <ConfirmActions
          action={action}
          label={props.label}
          danger={props.danger}
          onConfirm={() => action.run(props.work)}
          onCancel={close}
        />
      </div>
    </Drawer>
  );
}
