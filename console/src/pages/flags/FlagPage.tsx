import { type ReactNode, useCallback } from 'react';
import type { Flag } from '../../api/flags';
import { mayEdit, useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { href, navigate } from '../../app/router';
import { describePrerequisite, describeUnit, describeValue } from '../../format/flags';
import { Card, Empty, Loaded, ReloadButton, Table } from '../../ui/parts';
import { OnOff } from './FlagList';
import { FlagTools } from './FlagTools';
import { Rules } from './Rules';
import { TryFlag } from './TryFlag';

/** One flag: what it serves, to whom, and why somebody gets what. */
export function FlagPage({ flagKey }: { flagKey: string }): ReactNode {
  const { tenure, t, role } = useConsole();
  const flag = useLoad(
    useCallback((signal: AbortSignal) => tenure.flags.one(flagKey, signal), [tenure, flagKey]),
  );
  return (
    <div className="stack">
      <p>
        <a href={href('flags')}>← {t('flags.back')}</a>
      </p>
      <Loaded from={flag}>
        {(value) => (
          <div className="grid">
            <Card
              className="wide"
              title={
                <>
                  {value.name} <OnOff flag={value} />
                </>
              }
              hint={value.description}
              actions={
                <>
                  {mayEdit(role) && (
                    <FlagTools flag={value} onChanged={flag.reload} onDeleted={() => navigate('flags')} />
                  )}
                  <ReloadButton of={flag} />
                </>
              }
            >
              <FlagFacts flag={value} />
              {!mayEdit(role) && <p className="hint">{t('person.needsEditor')}</p>}
            </Card>
            <Card className="two-thirds" title={t('flags.rules')} hint={t('flags.rules.hint')}>
              <Rules flag={value} />
            </Card>
            <div className="stack">
              <Card title={t('flags.variants')}>
                <Variants flag={value} />
              </Card>
              <Card title={t('flags.lists')} hint={t('flags.lists.hint')}>
                <Lists flag={value} />
              </Card>
              <Card
                title={t('flags.prerequisites')}
                hint={
                  value.prerequisites.length > 0 &&
                  t('flags.prerequisites.hint', { variant: value.offVariant })
                }
              >
                <Prerequisites flag={value} />
              </Card>
            </div>
          </div>
        )}
      </Loaded>
      {/* Apart from what is loaded anew, so that an answer stays while the flag is switched. */}
      <TryFlag flagKey={flagKey} />
    </div>
  );
}

function FlagFacts({ flag }: { flag: Flag }): ReactNode {
  const { t, format } = useConsole();
  return (
    <dl className="pairs facts">
      <div>
        <dt>{t('flags.key')}</dt>
        <dd>
          <code>{flag.key}</code>
        </dd>
      </div>
      <div>
        <dt>{t('flags.unit')}</dt>
        <dd>{describeUnit(flag.unitType, t)}</dd>
      </div>
      <div>
        <dt>{t('flags.updated')}</dt>
        <dd>{format.dateTime(flag.updateTime)}</dd>
      </div>
    </dl>
  );
}

export function Variants({ flag }: { flag: Flag }): ReactNode {
  const { t } = useConsole();
  return (
    <Table label={t('flags.variants')}>
      <thead>
        <tr>
          <th>{t('flags.variant')}</th>
          <th>{t('flags.value')}</th>
        </tr>
      </thead>
      <tbody>
        {flag.variants.map((variant) => (
          <tr key={variant.name} data-testid="variant">
            <td>
              <b>{variant.name}</b>
              {variant.name === flag.offVariant && <small>{t('flags.variant.off')}</small>}
            </td>
            <td className="breaking">
              {variant.value === null || variant.value === undefined ? (
                describeValue(variant.value, t)
              ) : (
                <code>{describeValue(variant.value, t)}</code>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** At most as many as people read; a list can be a thousand long. */
const mostListed = 50;

export function Lists({ flag }: { flag: Flag }): ReactNode {
  const { t } = useConsole();
  const listed = flag.forced.flatMap(({ unitType, variants }) =>
    variants.map(([unit, variant]) => ({ unitType, unit, variant })),
  );
  if (listed.length === 0) {
    return <Empty>{t('flags.lists.empty')}</Empty>;
  }
  return (
    <>
      <Table label={t('flags.lists')}>
        <thead>
          <tr>
            <th>{t('flags.lists.unit')}</th>
            <th>{t('flags.variant')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.slice(0, mostListed).map(({ unitType, unit, variant }) => (
            <tr key={`${unitType} ${unit}`}>
              <td className="breaking">
                {unit}
                <small>{describeUnit(unitType, t)}</small>
              </td>
              <td>{variant}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {listed.length > mostListed && (
        <p className="hint">{t('flags.shown', { shown: mostListed, total: listed.length })}</p>
      )}
    </>
  );
}

function Prerequisites({ flag }: { flag: Flag }): ReactNode {
  const { t } = useConsole();
  return flag.prerequisites.length === 0 ? (
    <Empty>{t('flags.prerequisites.empty')}</Empty>
  ) : (
    <ul className="plain">
      {flag.prerequisites.map((prerequisite) => (
        <li key={prerequisite.flagKey}>
          <a href={href('flags', prerequisite.flagKey)}>{describePrerequisite(prerequisite, t)}</a>
        </li>
      ))}
    </ul>
  );
}
