import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import type { NewReceiver, Receiver } from '../api/tenure';
import { useAction } from '../app/action';
import { mayEdit, useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { Drawer } from '../ui/Drawer';
import { Card, Empty, Failure, Loaded, ReloadButton, Table } from '../ui/parts';

/** Where alerts go, and which of these are outside the institution. */
export function Receivers(): ReactNode {
  const { tenure, t, role } = useConsole();
  const [adding, setAdding] = useState(false);
  const receivers = useLoad(useCallback((signal: AbortSignal) => tenure.receivers(signal), [tenure]));
  return (
    <Card
      title={t('receivers.title')}
      hint={t('receivers.hint')}
      actions={
        <>
          {mayEdit(role) && (
            <button type="button" onClick={() => setAdding(true)} data-testid="add-receiver">
              {t('receivers.add')}
            </button>
          )}
          <ReloadButton of={receivers} />
        </>
      }
    >
      <Loaded from={receivers}>
        {(value) =>
          value.length === 0 ? <Empty>{t('receivers.empty')}</Empty> : <ReceiverTable receivers={value} />
        }
      </Loaded>
      {adding && (
        <Drawer title={t('receivers.add')} onClose={() => setAdding(false)}>
          <ReceiverForm
            onDone={() => {
              setAdding(false);
              receivers.reload();
            }}
          />
        </Drawer>
      )}
    </Card>
  );
}

export function ReceiverTable({ receivers }: { receivers: readonly Receiver[] }): ReactNode {
  const { t } = useConsole();
  return (
    <Table label={t('receivers.title')}>
      <tbody>
        {receivers.map((receiver) => (
          <tr key={receiver.id} data-testid="receiver">
            <td>
              <b>{receiver.name}</b>
            </td>
            <td>
              <code>{receiver.webhookUrl}</code>
            </td>
            <td>
              <span className="badge">
                {receiver.thirdParty ? t('receivers.thirdParty') : t('receivers.own')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const nothing: NewReceiver = { id: '', name: '', webhookUrl: '', signingSecret: '', thirdParty: false };
const fields = ['id', 'name', 'webhookUrl', 'signingSecret'] as const;

export function ReceiverForm({ onDone }: { onDone: () => void }): ReactNode {
  const { tenure, t } = useConsole();
  const [receiver, setReceiver] = useState(nothing);
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    action.run(async () => {
      await tenure.createReceiver(receiver);
      onDone();
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {fields.map((field) => (
        <label key={field} className="field">
          <span>{t(`receivers.${field}`)}</span>
          <input
            required
            autoComplete="off"
            type={field === 'signingSecret' ? 'password' : 'text'}
            value={receiver[field]}
            onChange={(event) => setReceiver({ ...receiver, [field]: event.target.value })}
          />
        </label>
      ))}
      <label className="choice">
        <input
          type="checkbox"
          checked={receiver.thirdParty}
          onChange={(event) => setReceiver({ ...receiver, thirdParty: event.target.checked })}
        />
        <span>
          {t('receivers.thirdParty')}
          <small className="hint">{t('receivers.thirdParty.hint')}</small>
        </span>
      </label>
      {action.failure !== undefined && <Failure failure={action.failure} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={action.busy}>
          {action.busy ? t('person.busy') : t('receivers.add')}
        </button>
      </div>
    </form>
  );
}
