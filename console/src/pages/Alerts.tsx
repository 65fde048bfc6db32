import { type ReactNode, useCallback, useState } from 'react';
import type { Backtest, Rule } from '../api/tenure';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { IntervalBar } from '../charts/IntervalBar';
import { describeCondition } from '../format/conditions';
import { Paged, usePages } from '../ui/Paged';
import { Card, Empty, Figure, Loaded, ReloadButton, Table } from '../ui/parts';
import { UserLink } from '../ui/UserList';
import { Receivers } from './Receivers';

const backtestDays = 120;
const backtestStepDays = 7;

/** The churn rules, how each would have done in the past, and the alerts raised. */
export function Alerts(): ReactNode {
  const { tenure, t } = useConsole();
  const rules = useLoad(useCallback((signal: AbortSignal) => tenure.rules(signal), [tenure]));
  const [tested, setTested] = useState<Rule>();
  return (
    <div className="stack">
      <Card title={t('alerts.rules')} actions={<ReloadButton of={rules} />}>
        <Loaded from={rules}>
          {(value) =>
            value.length === 0 ? (
              <Empty>{t('alerts.rules.empty')}</Empty>
            ) : (
              <RuleTable rules={value} tested={tested?.id} onTest={setTested} />
            )
          }
        </Loaded>
      </Card>
      {tested && <BacktestCard key={tested.id} rule={tested} />}
      <AlertCard rules={rules.value ?? []} />
      <Receivers />
    </div>
  );
}

function RuleTable(props: {
  rules: readonly Rule[];
  tested: string | undefined;
  onTest: (rule: Rule) => void;
}): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('alerts.rules')}>
      <thead>
        <tr>
          <th>{t('alerts.rule')}</th>
          <th>{t('segments.condition')}</th>
          <th>{t('alerts.outcome')}</th>
          <th>{t('alerts.state')}</th>
          <th>
            <span className="visually-hidden">{t('alerts.backtest')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rules.map((rule) => (
          <tr key={rule.id} className={rule.id === props.tested ? 'selected' : undefined} data-testid="rule">
            <td>
              <b>{rule.name}</b>
              {rule.description && <small>{rule.description}</small>}
            </td>
            <td className="condition">{describeCondition(rule.condition, t, format)}</td>
            <td className="nowrap">{format.duration(rule.inactiveSeconds)}</td>
            <td>
              <span className={rule.enabled ? 'badge good' : 'badge'}>
                {rule.enabled ? t('alerts.enabled') : t('alerts.disabled')}
              </span>
            </td>
            <td className="number">
              <button type="button" data-testid="backtest" onClick={() => props.onTest(rule)}>
                {t('alerts.backtest')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function BacktestCard({ rule }: { rule: Rule }): ReactNode {
  const { tenure, t } = useConsole();
  const backtest = useLoad(
    useCallback(
      (signal: AbortSignal) => {
        const start = new Date(Date.now() - backtestDays * 86_400_000);
        return tenure.backtest(rule.id, start, backtestStepDays, signal);
      },
      [tenure, rule.id],
    ),
  );
  return (
    <Card
      title={t('alerts.backtest.of', { name: rule.name })}
      hint={t('alerts.backtest.hint')}
      actions={<ReloadButton of={backtest} />}
    >
      <Loaded from={backtest}>
        {(value) =>
          value.periods.length === 0 ? (
            <Empty>{t('alerts.backtest.empty')}</Empty>
          ) : (
            <BacktestPicture backtest={value} />
          )
        }
      </Loaded>
    </Card>
  );
}

function BacktestPicture({ backtest }: { backtest: Backtest }): ReactNode {
  const { t, format } = useConsole();
  const [low = backtest.precision, high = backtest.precision] = backtest.precisionInterval;
  const bounds = t('alerts.interval', { low: format.share(low), high: format.share(high) });
  return (
    <>
      <dl className="figures">
        <Figure
          label={t('alerts.precision')}
          value={<span data-testid="precision">{format.share(backtest.precision)}</span>}
          hint={t('alerts.precision.hint')}
        />
        <Figure
          label={t('alerts.baseRate')}
          value={format.share(backtest.baseRate)}
          hint={t('alerts.baseRate.hint')}
        />
        <Figure label={t('alerts.lift')} value={format.factor(backtest.lift)} hint={t('alerts.lift.hint')} />
        <Figure
          label={t('alerts.recall')}
          value={format.share(backtest.recall)}
          hint={t('alerts.recall.hint')}
        />
      </dl>
      <div className="interval-row">
        <IntervalBar
          value={backtest.precision}
          low={low}
          high={high}
          reference={backtest.baseRate}
          label={`${t('alerts.precision')} ${format.share(backtest.precision)}, ${bounds}, ${t('alerts.baseRate')} ${format.share(backtest.baseRate)}`}
        />
        <p className="hint">
          <i className="swatch tone-main" />
          {t('alerts.precision')}, {bounds}
          <i className="swatch tone-line" />
          {t('alerts.baseRate')}
        </p>
      </div>
      <PeriodTable backtest={backtest} />
    </>
  );
}

function PeriodTable({ backtest }: { backtest: Backtest }): ReactNode {
  const { t, format } = useConsole();
  const share = (part: number, whole: number) => (whole > 0 ? format.share(part / whole) : '–');
  return (
    <Table label={t('alerts.backtest')}>
      <thead>
        <tr>
          <th>{t('alerts.period')}</th>
          <th className="number">{t('alerts.users')}</th>
          <th className="number">{t('alerts.warned')}</th>
          <th className="number">{t('alerts.warnedLost')}</th>
          <th className="number">{t('alerts.precision')}</th>
          <th className="number">{t('alerts.lost')}</th>
          <th className="number">{t('alerts.baseRate')}</th>
        </tr>
      </thead>
      <tbody>
        {backtest.periods.map((period) => (
          <tr key={period.asOfTime?.getTime()}>
            <td className="nowrap">{format.date(period.asOfTime)}</td>
            <td className="number">{format.count(period.users)}</td>
            <td className="number">{format.count(period.warned)}</td>
            <td className="number">{format.count(period.warnedLost)}</td>
            <td className="number">{share(period.warnedLost, period.warned)}</td>
            <td className="number">{format.count(period.lost)}</td>
            <td className="number">{share(period.lost, period.users)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('alerts.all')}</th>
          <td />
          <td className="number">{format.count(backtest.warned)}</td>
          <td className="number">{format.count(backtest.warnedLost)}</td>
          <td className="number">{format.share(backtest.precision)}</td>
          <td className="number">
            {format.count(backtest.periods.reduce((sum, period) => sum + period.lost, 0))}
          </td>
          <td className="number">{format.share(backtest.baseRate)}</td>
        </tr>
      </tfoot>
    </Table>
  );
}

function AlertCard({ rules }: { rules: readonly Rule[] }): ReactNode {
  const { tenure, t, format } = useConsole();
  const [ruleId, setRuleId] = useState('');
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) => tenure.alerts(ruleId, pageToken, signal),
      [tenure, ruleId],
    ),
  );
  const nameOf = (id: string) => rules.find((rule) => rule.id === id)?.name ?? id;
  return (
    <Card
      title={t('alerts.list')}
      actions={
        <>
          <label>
            <span className="visually-hidden">{t('alerts.filter')}</span>
            <select value={ruleId} onChange={(event) => setRuleId(event.target.value)}>
              <option value="">{t('alerts.allRules')}</option>
              {rules.map((rule) => (
                <option key={rule.id} value={rule.id}>
                  {rule.name}
                </option>
              ))}
            </select>
          </label>
          <ReloadButton of={pages.first} />
        </>
      }
    >
      <Paged pages={pages} empty={t('alerts.list.empty')}>
        {(alerts) => (
          <Table label={t('alerts.list')}>
            <thead>
              <tr>
                <th>{t('alerts.time')}</th>
                <th>{t('alerts.user')}</th>
                <th>{t('alerts.rule')}</th>
                <th>{t('alerts.why')}</th>
              </tr>
            </thead>
            <tbody>
              {alerts.map((alert) => (
                <tr key={alert.id} data-testid="alert">
                  <td className="nowrap">{format.dateTime(alert.createTime)}</td>
                  <td className="nowrap">
                    <UserLink member={alert} />
                  </td>
                  <td>{nameOf(alert.ruleId)}</td>
                  <td className="condition">{alert.explanation}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Paged>
    </Card>
  );
}
