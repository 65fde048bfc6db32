import { type ReactNode, useCallback } from 'react';
import type { Proposal, Version } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { useLoad } from '../../../app/load';
import { knownKey } from '../../../i18n/translate';
import { Card, Loaded } from '../../../ui/parts';

/** What should be done, in plain words. */
export function Decision({ experimentKey, version }: { experimentKey: string; version: Version }): ReactNode {
  const { tenure, t } = useConsole();
  const proposal = useLoad(
    useCallback(
      (signal: AbortSignal) => tenure.results.decision(experimentKey, version, signal),
      [tenure, experimentKey, version],
    ),
  );
  return (
    <Card title={t('results.decision')} hint={t('results.decision.hint')}>
      <Loaded from={proposal}>{(value) => <ProposalText proposal={value} />}</Loaded>
    </Card>
  );
}

export function ProposalText({ proposal }: { proposal: Proposal }): ReactNode {
  const { t } = useConsole();
  const key = knownKey(`results.proposal.${proposal.kind}`);
  return (
    <div className={`proposal ${tones[proposal.kind] ?? ''}`} data-testid="proposal">
      <p className="gets">{key ? t(key, { variant: proposal.variant }) : proposal.kind}</p>
      <p>{proposal.summary}</p>
      {proposal.reasons.length > 0 && (
        <ul className="reasons">
          {proposal.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const tones: Readonly<Record<string, string>> = {
  PROPOSAL_KIND_SHIP: 'good',
  PROPOSAL_KIND_STOP: 'bad',
  PROPOSAL_KIND_INVESTIGATE: 'bad',
  PROPOSAL_KIND_DISCUSS: 'warn',
};
