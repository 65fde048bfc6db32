import { type ReactNode, useState } from 'react';
import { type Imported, type ImportFormat, importFormats } from '../../api/flags';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { href } from '../../app/router';
import { Card, Failure, Table } from '../../ui/parts';
import { SelectField } from '../../ui/SelectField';
import { TextField } from '../../ui/TextField';

/** What the service takes at most. */
const mostBytes = 4 * 1024 * 1024;

/** Reads flags of another system: first what would come of it, then the import of just that document. */
export function ImportFlags({ onImported }: { onImported: () => void }): ReactNode {
  const { tenure, t } = useConsole();
  const [format, setFormat] = useState<ImportFormat>('GROWTHBOOK');
  const [document, setDocument] = useState('');
  const [outcome, setOutcome] = useState<{ imported: Imported; dry: boolean }>();
  const action = useAction();
  const tooLarge = new Blob([document]).size > mostBytes;
  const edit = (work: () => void) => {
    work();
    setOutcome(undefined);
  };
  const run = (dry: boolean) =>
    action.run(async () => {
      setOutcome({ imported: await tenure.flags.importFrom(format, document, dry), dry });
      if (!dry) {
        onImported();
      }
    });
  return (
    <Card title={t('flags.import.title')} hint={t('flags.import.hint')}>
      <div className="stack">
        <SelectField
          label={t('flags.import.format')}
          value={format}
          testId="import-format"
          choices={importFormats.map((value) => ({ value, label: t(`flags.import.${value}`) }))}
          onChange={(chosen) => edit(() => setFormat(chosen))}
        />
        <TextField
          label={t('flags.import.document')}
          rows={8}
          className="code"
          spellCheck={false}
          value={document}
          onChange={(written) => edit(() => setDocument(written))}
        />
        <label className="field">
          <span>{t('flags.import.file')}</span>
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              file?.text().then((content) => edit(() => setDocument(content)));
            }}
          />
        </label>
        {tooLarge && (
          <p className="wrong" role="alert">
            {t('flags.import.tooLarge')}
          </p>
        )}
        <div className="actions">
          <button
            type="button"
            data-testid="dry-run"
            disabled={action.busy || document.trim() === '' || tooLarge}
            onClick={() => run(true)}
          >
            {t('flags.import.dryRun')}
          </button>
          {outcome?.dry && outcome.imported.flags.length > 0 && (
            <button
              type="button"
              className="primary"
              data-testid="import"
              disabled={action.busy}
              onClick={() => run(false)}
            >
              {t('flags.import.run', { count: outcome.imported.flags.length })}
            </button>
          )}
        </div>
        {action.failure !== undefined && <Failure failure={action.failure} />}
        <div aria-live="polite">{outcome && <ImportOutcome {...outcome} />}</div>
      </div>
    </Card>
  );
}

export function ImportOutcome({ imported, dry }: { imported: Imported; dry: boolean }): ReactNode {
  const { t } = useConsole();
  const { flags, premises, refusals } = imported;
  return (
    <div data-testid={dry ? 'import-preview' : 'imported'}>
      {!dry && <p className="badge good">{t('flags.import.done')}</p>}
      <h3>{t(dry ? 'flags.import.taken.dry' : 'flags.import.taken', { count: flags.length })}</h3>
      {flags.length === 0 ? (
        <p className="hint">{t('flags.import.taken.none')}</p>
      ) : (
        <ul className="chips">
          {flags.map(({ key }) => (
            <li key={key} className="chip">
              {dry ? key : <a href={href('flags', key)}>{key}</a>}
            </li>
          ))}
        </ul>
      )}
      {refusals.length > 0 && (
        <>
          <h3>{t('flags.import.refused', { count: refusals.length })}</h3>
          <Table label={t('flags.import.refused', { count: refusals.length })}>
            <tbody>
              {refusals.map(({ flagKey, path, reason }) => (
                <tr key={`${flagKey} ${path}`} data-testid="refusal">
                  <th scope="row">{flagKey}</th>
                  <td>
                    {reason}
                    <small>
                      <code>{path}</code>
                    </small>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
      {premises.length > 0 && (
        <>
          <h3>{t('flags.import.premises', { count: premises.length })}</h3>
          <p className="hint">{t('flags.import.premises.hint')}</p>
          <Table label={t('flags.import.premises', { count: premises.length })}>
            <tbody>
              {premises.map(({ flagKey, attributes, kinds }) => (
                <tr key={`${flagKey} ${attributes} ${kinds}`}>
                  <th scope="row">{flagKey}</th>
                  <td>
                    {t('flags.import.premise', {
                      attributes: attributes.join(t('flags.or')),
                      kinds: kinds.join(', '),
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </div>
  );
}
