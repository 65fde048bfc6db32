import type { ReactNode } from 'react';
import type { Flag, FlagRule } from '../../api/flags';
import { useConsole } from '../../app/context';
import { href } from '../../app/router';
import { describeAudience, describeLimits, describeServing, describeShares } from '../../format/flags';

/** Who gets what, in the order in which it is decided. */
export function Rules({ flag }: { flag: Flag }): ReactNode {
  const { t, format } = useConsole();
  return (
    <>
      {!flag.enabled && <p className="note warning">{t('flags.rule.off', { variant: flag.offVariant })}</p>}
      {flag.rules.length === 0 && <p className="hint note">{t('flags.rules.none')}</p>}
      <ol className="rules">
        {flag.rules.map((rule, index) => (
          <li key={rule.name} data-testid="flag-rule">
            <span className="funnel-number">{index + 1}</span>
            <RuleText rule={rule} />
          </li>
        ))}
        <li>
          <span className="funnel-number">{flag.rules.length + 1}</span>
          <div>
            <b>{t(flag.rules.length > 0 ? 'flags.rule.otherwise' : 'flags.rule.everybody')}</b>{' '}
            {describeShares(flag.fallthrough, t, format)}
          </div>
        </li>
      </ol>
    </>
  );
}

function RuleText({ rule }: { rule: FlagRule }): ReactNode {
  const { t, format } = useConsole();
  const { serving } = rule;
  return (
    <div>
      <b>{describeAudience(rule, t, format)}</b> {describeServing(serving, t, format)}
      {serving.kind === 'experiment' && (
        <>
          {' '}
          <a href={href('experiments', serving.key)}>{serving.key}</a>
        </>
      )}
      {describeLimits(rule, t, format).map((limit) => (
        <small key={limit}>{limit}</small>
      ))}
      <small>
        <code>{rule.name}</code>
      </small>
    </div>
  );
}
