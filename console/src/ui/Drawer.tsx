import { type ReactNode, useEffect, useRef } from 'react';
import { useConsole } from '../app/context';
import { IconButton } from './parts';

/** A panel over the right side of the page. The browser's own modal dialog keeps focus inside and closes on Escape. */
export function Drawer(props: { title: string; onClose: () => void; children: ReactNode }): ReactNode {
  const { t } = useConsole();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog ref={dialog} className="drawer" aria-label={props.title} onClose={props.onClose}>
      <header className="card-head">
        <h2>{props.title}</h2>
        <IconButton icon="close" label={t('app.close')} onClick={() => dialog.current?.close()} />
      </header>
      {props.children}
    </dialog>
  );
}
