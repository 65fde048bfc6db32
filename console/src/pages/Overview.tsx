import { type ReactNode, useCallback, useState } from 'react';
import { scope } from '../analysis/range';
import type { EventName, Ledger, ServiceHealth } from '../api/tenure';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { BalanceBar } from '../charts/BalanceBar';
import { TrendChart } from '../charts/TrendChart';
import { Drawer } from '../ui/Drawer';
import { Icon } from '../ui/icons';
import { Card, Empty, Figure, Loaded, ReloadButton, Table } from '../ui/parts';
import { Quarantine } from '../ui/Quarantine';

const trendDays = 30;

/** Whether the platform is well: the ledger, the services, and what arrives. */
export function Overview(): ReactNode {
  const { tenure, t } = useConsole();
  const ledger = useLoad(useCallback((signal: AbortSignal) => tenure.ledger(signal), [tenure]));
  const health = useLoad(useCallback((signal: AbortSignal) => tenure.health(signal), [tenure]));
  const names = useLoad(useCallback((signal: AbortSignal) => tenure.eventNames(signal), [tenure]));
  const [opened, setOpened] = useState<string>();
  return (
    <div className="grid">
      <Card
        title={t('overview.ledger')}
        hint={t('overview.ledger.hint')}
        actions={<ReloadButton of={ledger} />}
        className="wide"
      >
        <Loaded from={ledger}>{(value) => <LedgerPicture ledger={value} />}</Loaded>
      </Card>
      <Activity />
      <Card title={t('overview.services')} actions={<ReloadButton of={health} />}>
        <Loaded from={health}>{(services) => <Services services={services} />}</Loaded>
      </Card>
      <Card title={t('overview.events')} className="half">
        <Loaded from={names}>{(value) => <EventTable names={value} />}</Loaded>
      </Card>
      <Card title={t('overview.reasons')} className="half">
        <Loaded from={ledger}>
          {(value) => (
            <>
              <Reasons
                reasons={value.quarantineReasons}
                label={t('overview.reasons')}
                empty={t('overview.reasons.empty')}
                onOpen={setOpened}
              />
              {value.refuseReasons.length > 0 && (
                <>
                  <h3>{t('overview.refusals')}</h3>
                  <Reasons reasons={value.refuseReasons} label={t('overview.refusals')} empty="" />
                </>
              )}
            </>
          )}
        </Loaded>
      </Card>
      {opened !== undefined && (
        <Drawer title={opened} onClose={() => setOpened(undefined)}>
          <Quarantine reason={opened} />
        </Drawer>
      )}
    </div>
  );
}

/** Records that the ledger's two equations leave over; 0 when they hold. */
export function imbalance(ledger: Ledger): number {
  const intake = ledger.received - ledger.accepted - ledger.duplicate - ledger.quarantined - ledger.refused;
  const delivery =
    ledger.accepted - ledger.stored - ledger.applied - ledger.withheld - ledger.expired - ledger.waiting;
  return Math.abs(intake) + Math.abs(delivery);
}

function LedgerPicture({ ledger }: { ledger: Ledger }): ReactNode {
  const { t, format } = useConsole();
  if (ledger.received === 0) {
    return <Empty>{t('overview.ledger.empty')}</Empty>;
  }
  const apart = imbalance(ledger);
  return (
    <>
      <dl className="figures">
        <Figure
          label={t('overview.received')}
          value={<span data-testid="received">{format.count(ledger.received)}</span>}
          hint={
            <span className={apart === 0 ? 'badge good' : 'badge bad'}>
              {apart === 0
                ? t('overview.balanced')
                : t('overview.unbalanced', { count: format.count(apart) })}
            </span>
          }
        />
        <Figure label={t('overview.stored')} value={format.count(ledger.stored)} />
        <Figure
          label={t('overview.waiting')}
          value={format.count(ledger.waiting)}
          tone={ledger.waiting > 0 ? 'warn' : undefined}
        />
        <Figure
          label={t('overview.lag')}
          value={ledger.waiting === 0 ? t('app.none') : format.duration(ledger.lagMilliseconds / 1000)}
          hint={t('overview.lag.hint')}
        />
      </dl>
      <BalanceBar
        title={t('overview.intake')}
        parts={[
          { label: t('overview.accepted'), value: ledger.accepted, tone: 'main' },
          { label: t('overview.duplicate'), value: ledger.duplicate, tone: 'calm' },
          { label: t('overview.quarantined'), value: ledger.quarantined, tone: 'warn' },
          { label: t('overview.refused'), value: ledger.refused, tone: 'bad' },
        ]}
      />
      <BalanceBar
        title={t('overview.delivery')}
        parts={[
          { label: t('overview.stored'), value: ledger.stored, tone: 'main' },
          { label: t('overview.applied'), value: ledger.applied, tone: 'second' },
          { label: t('overview.withheld'), value: ledger.withheld, tone: 'calm' },
          { label: t('overview.expired'), value: ledger.expired, tone: 'calm' },
          { label: t('overview.waiting'), value: ledger.waiting, tone: 'warn' },
        ]}
      />
    </>
  );
}

function Activity(): ReactNode {
  const { tenure, t } = useConsole();
  const trend = useLoad(
    useCallback(
      (signal: AbortSignal) => {
        const bounds = scope({ kind: 'last', days: trendDays }, new Date());
        return tenure.runTrend(
          { scope: bounds, trend: { measures: [{ selector: {} }], unit: 'TIME_UNIT_DAY' } },
          signal,
        );
      },
      [tenure],
    ),
  );
  return (
    <Card
      title={t('overview.activity')}
      hint={t('overview.activity.hint', { days: trendDays })}
      actions={<ReloadButton of={trend} />}
      className="two-thirds"
    >
      <Loaded from={trend}>
        {(value) =>
          value.totalEvents === 0 ? (
            <Empty>{t('overview.activity.empty', { days: trendDays })}</Empty>
          ) : (
            // The first day of the range began before it, so its count would mislead.
            <TrendChart
              points={value.points.slice(1).map((point) => ({ ...point, value: point.users }))}
              label={t('overview.activity')}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

function Services({ services }: { services: readonly ServiceHealth[] }): ReactNode {
  const { t } = useConsole();
  return (
    <ul className="services">
      {services.map((service) => (
        <li key={service.name}>
          <span className={service.healthy ? 'dot good' : 'dot bad'} />
          <code>{service.name}</code>
          <span className={service.healthy ? 'hint' : 'wrong'}>
            {service.healthy ? t('overview.healthy') : service.detail || t('overview.unhealthy')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function EventTable({ names }: { names: readonly EventName[] }): ReactNode {
  const { t, format } = useConsole();
  if (names.length === 0) {
    return <Empty>{t('funnel.noEvents')}</Empty>;
  }
  const most = Math.max(...names.map((name) => name.events));
  return (
    <Table label={t('overview.events')}>
      <thead>
        <tr>
          <th>{t('overview.event')}</th>
          <th className="number">{t('overview.count')}</th>
          <th className="number">{t('overview.users')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name.name}>
            <td className="with-meter">
              <span className="meter" style={{ width: `${(name.events / most) * 100}%` }} />
              <code>{name.name}</code>
            </td>
            <td className="number">{format.count(name.events)}</td>
            <td className="number">{format.count(name.users)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Reasons(props: {
  reasons: readonly [string, number][];
  label: string;
  empty: string;
  onOpen?: (reason: string) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const sum = props.reasons.reduce((total, [, count]) => total + count, 0);
  if (sum === 0) {
    return (
      <p className="fine">
        <Icon name="check" />
        {props.empty}
      </p>
    );
  }
  return (
    <Table label={props.label}>
      <thead>
        <tr>
          <th>{t('overview.reason')}</th>
          <th className="number">{t('overview.records')}</th>
          <th className="number">{t('overview.share')}</th>
        </tr>
      </thead>
      <tbody>
        {props.reasons.map(([reason, count]) => (
          <tr key={reason}>
            <td>
              {props.onOpen ? (
                <button
                  type="button"
                  className="link"
                  title={t('overview.reasons.open')}
                  onClick={() => props.onOpen?.(reason)}
                >
                  <code>{reason}</code>
                </button>
              ) : (
                <code>{reason}</code>
              )}
            </td>
            <td className="number">{format.count(count)}</td>
            <td className="number">{format.share(count / sum)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
