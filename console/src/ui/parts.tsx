import type { ReactNode } from 'react';
import { Problem } from '../api/client';
import { BadAnswer } from '../api/decode';
import { useConsole } from '../app/context';
import type { Reloadable } from '../app/load';
import { knownKey, type Translate } from '../i18n/translate';
import { Icon, type IconName } from './icons';

/** A titled part of a page. */
export function Card(props: {
  title: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={`card ${props.className ?? ''}`}>
      <header className="card-head">
        <div>
          <h2>{props.title}</h2>
          {props.hint && <p className="hint">{props.hint}</p>}
        </div>
        {props.actions && <div className="actions">{props.actions}</div>}
      </header>
      {props.children}
    </section>
  );
}

/** One number with its name. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  tone?: 'good' | 'warn' | 'bad' | undefined;
}): ReactNode {
  return (
    <div className={`figure ${props.tone ?? ''}`}>
      <dt>{props.label}</dt>
      <dd className="figure-value">{props.value}</dd>
      {props.hint && <dd className="hint">{props.hint}</dd>}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }): ReactNode {
  return <p className="empty">{children}</p>;
}

export function Loading(): ReactNode {
  const { t } = useConsole();
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t('app.loading')}</span>
      <span className="bone" />
      <span className="bone" />
      <span className="bone" />
    </div>
  );
}

/** Says a failure in words people can act on; what the server said follows. */
export function Failure({ failure, onRetry }: { failure: unknown; onRetry?: () => void }): ReactNode {
  const { t } = useConsole();
  const problem = problemOf(failure, t);
  const key =
    knownKey(`problem.kind.${problem.kind}`) ??
    knownKey(problem.status === 0 ? 'problem.network' : `problem.${problem.status}`);
  return (
    <div className="failure" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t('problem.title')}</strong>
        <p>{key ? t(key) : problem.detail || t('problem.other', { status: problem.status })}</p>
        {key && problem.detail && <p className="hint">{problem.detail}</p>}
        {problem.violations.length > 0 && (
          <ul>
            {problem.violations.map((violation) => (
              <li key={violation.field}>
                <code>{violation.field}</code> {violation.description}
              </li>
            ))}
          </ul>
        )}
        {problem.traceId && <p className="hint">{t('problem.trace', { id: problem.traceId })}</p>}
        {onRetry && (
          <button type="button" onClick={onRetry}>
            {t('app.retry')}
          </button>
        )}
      </div>
    </div>
  );
}

function problemOf(failure: unknown, t: Translate): Problem {
  if (failure instanceof Problem) {
    return failure;
  }
  const bad = failure instanceof BadAnswer;
  return new Problem(-1, '', bad ? t('problem.answer', { what: failure.what }) : String(failure));
}

/** A loaded value, or why it is not there yet. While a newer value loads, the old one stays, dimmed. */
export function Loaded<T>({
  from,
  children,
}: {
  from: Reloadable<T>;
  children: (value: T) => ReactNode;
}): ReactNode {
  if (from.failure !== undefined) {
    return <Failure failure={from.failure} onRetry={from.reload} />;
  }
  if (from.value === undefined) {
    return <Loading />;
  }
  return (
    <div className={from.loading ? 'stale' : undefined} aria-busy={from.loading}>
      {children(from.value)}
    </div>
  );
}

/** A button that is a picture; its label is read and shown on hovering. */
export function IconButton(props: {
  icon: IconName;
  label: string;
  small?: boolean;
  disabled?: boolean;
  onClick: () => void;
}): ReactNode {
  const { icon, label, small, disabled = false, onClick } = props;
  return (
    <button
      type="button"
      className={small ? 'quiet small' : 'quiet'}
      title={label}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

export function ReloadButton({ of }: { of: Reloadable<unknown> }): ReactNode {
  const { t } = useConsole();
  return <IconButton icon="reload" label={t('app.reload')} onClick={of.reload} />;
}

/** A table that scrolls inside its card instead of widening the page. */
export function Table({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <section className="table-scroll" aria-label={label}>
      <table>{children}</table>
    </section>
  );
}
