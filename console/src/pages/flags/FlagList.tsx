import { type ReactNode, useCallback, useState } from 'react';
import type { Flag } from '../../api/flags';
import { mayEdit, useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { href } from '../../app/router';
import { describeShares, describeUnit } from '../../format/flags';
import { Card, Empty, Loaded, ReloadButton, Table } from '../../ui/parts';
import { ImportFlags } from './ImportFlags';

const pageSize = 50;

/** All flags; the interface has no search, so they are searched here. */
export function FlagList(): ReactNode {
  const { tenure, t, role } = useConsole();
  const flags = useLoad(useCallback((signal: AbortSignal) => tenure.flags.all(signal), [tenure]));
  const [importing, setImporting] = useState(false);
  return (
    <div className="stack">
      {importing && <ImportFlags onImported={flags.reload} />}
      <Card
        title={t('flags.list')}
        actions={
          <>
            {mayEdit(role) && (
              <button
                type="button"
                aria-expanded={importing}
                data-testid="open-import"
                onClick={() => setImporting(!importing)}
              >
                {t('flags.import')}
              </button>
            )}
            <ReloadButton of={flags} />
          </>
        }
      >
        <Loaded from={flags}>
          {(all) => (all.length === 0 ? <Empty>{t('flags.empty')}</Empty> : <SearchedFlags flags={all} />)}
        </Loaded>
      </Card>
    </div>
  );
}

function SearchedFlags({ flags }: { flags: readonly Flag[] }): ReactNode {
  const { t } = useConsole();
  const [searched, setSearched] = useState('');
  const [shown, setShown] = useState(pageSize);
  const found = matching(flags, searched);
  return (
    <>
      <search className="search list-search">
        <label>
          <span className="visually-hidden">{t('flags.search')}</span>
          <input
            type="search"
            placeholder={t('flags.search')}
            value={searched}
            onChange={(event) => {
              setSearched(event.target.value);
              setShown(pageSize);
            }}
          />
        </label>
        <span className="hint" role="status">
          {t('flags.shown', { shown: Math.min(shown, found.length), total: found.length })}
        </span>
      </search>
      {found.length === 0 ? <Empty>{t('flags.noMatch')}</Empty> : <FlagTable flags={found.slice(0, shown)} />}
      {found.length > shown && (
        <button type="button" className="more" onClick={() => setShown(shown + pageSize)}>
          {t('app.more')}
        </button>
      )}
    </>
  );
}

/** Flags with every searched word in their key, name or description. */
export function matching(flags: readonly Flag[], searched: string): readonly Flag[] {
  const words = searched.toLowerCase().split(/\s+/).filter(Boolean);
  return flags.filter(({ key, name, description }) => {
    const said = `${key} ${name} ${description}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

export function FlagTable({ flags }: { flags: readonly Flag[] }): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('flags.list')}>
      <thead>
        <tr>
          <th>{t('flags.flag')}</th>
          <th>{t('alerts.state')}</th>
          <th>{t('flags.serves')}</th>
          <th>{t('flags.unit')}</th>
          <th>{t('flags.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {flags.map((flag) => (
          <tr key={flag.key} data-testid="flag">
            <td>
              <a href={href('flags', flag.key)}>{flag.name}</a>
              {flag.name !== flag.key && (
                <small>
                  <code>{flag.key}</code>
                </small>
              )}
              {flag.description && <small>{flag.description}</small>}
            </td>
            <td>
              <OnOff flag={flag} />
            </td>
            <td className="condition">
              <Served flag={flag} />
            </td>
            <td>{describeUnit(flag.unitType, t)}</td>
            <td className="nowrap">{format.dateTime(flag.updateTime)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Served({ flag }: { flag: Flag }): ReactNode {
  const { t, format } = useConsole();
  if (!flag.enabled) {
    return t('flags.serving.all', { variant: flag.offVariant });
  }
  return flag.rules.length > 0
    ? t('flags.rules.count', { count: flag.rules.length })
    : describeShares(flag.fallthrough, t, format);
}

export function OnOff({ flag }: { flag: Flag }): ReactNode {
  const { t } = useConsole();
  return (
    <span className={flag.enabled ? 'badge good' : 'badge'} data-testid="on-off">
      {t(flag.enabled ? 'flags.on' : 'flags.off')}
    </span>
  );
}
