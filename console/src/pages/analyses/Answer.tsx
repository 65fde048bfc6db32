import { type ReactNode, useCallback, useState } from 'react';
import { costOf } from '../../analysis/cost';
import { answerOf, type Answer as Given, modelOf } from '../../api/analyses';
import type { Json } from '../../api/decode';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { knownKey } from '../../i18n/translate';
import { Card, Loaded } from '../../ui/parts';
import { AnswerView } from '../answers/AnswerView';
import { Tools } from '../answers/Tools';
import { Large } from './Cost';

/** A question, and its answer once it was computed in the background. */
export interface Asked {
  readonly query: Json;
  readonly result?: Json;
}

/** The answer to a question. What would read much is asked for only when somebody says so. */
export function Answer(props: {
  asked: Asked;
  onSaved: () => void;
  onBackground: (query: Json) => Promise<void>;
}): ReactNode {
  const { tenure, t } = useConsole();
  const { asked } = props;
  const { query, result } = asked;
  // The question that was confirmed; the next one is looked at anew.
  const [confirmed, setConfirmed] = useState<Asked>();
  const [begun, setBegun] = useState<Asked>();
  const sure = confirmed === asked;
  const answer = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        if (result) {
          return { given: answerOf(query, result) };
        }
        const estimate = sure ? undefined : await tenure.analyses.estimate(query, signal);
        return estimate && costOf(estimate) !== 'small'
          ? { estimate }
          : { given: await tenure.analyses.run(query, signal) };
      },
      [tenure, query, result, sure],
    ),
  );
  const model = knownKey(`analyses.model.${modelOf(query)}`);
  const shown = (given: Given) => <AnswerView query={query} answer={given} />;
  return (
    <Card
      title={model ? t(model) : modelOf(query)}
      hint={t('analyses.hint')}
      className="result"
      actions={<Tools query={query} onSaved={props.onSaved} />}
    >
      {begun === asked ? (
        <p role="status">{t('analyses.large.begun')}</p>
      ) : (
        <Loaded from={answer}>
          {({ given, estimate }) =>
            given
              ? shown(given)
              : estimate && (
                  <Large
                    estimate={estimate}
                    onWait={() => setConfirmed(asked)}
                    onBackground={async () => {
                      await props.onBackground(query);
                      setBegun(asked);
                    }}
                  />
                )
          }
        </Loaded>
      )}
    </Card>
  );
}
