import { type ReactNode, useCallback, useState } from 'react';
import { firstQuestion, otherQuestion, type Question, queryOf, questionOf } from '../../analysis/question';
import type { SavedAnalysis } from '../../api/saved';
import { useConsole } from '../../app/context';
import { type Reloadable, useLoad } from '../../app/load';
import { href } from '../../app/router';
import { useRuns } from '../../app/runs';
import { Card, Empty, Loaded } from '../../ui/parts';
import { WithEvents } from '../../ui/WithEvents';
import { Answer, type Asked } from './Answer';
import { CostButton } from './Cost';
import { Form } from './Form';
import { RunList } from './RunList';
import { SavedList } from './SavedList';

/** Every model of analysis behind one form; `saved` is the id of a kept question, or empty. */
export function Analyses({ saved }: { saved: string }): ReactNode {
  const { tenure, t } = useConsole();
  const kept = useLoad(useCallback((signal: AbortSignal) => tenure.saved.analyses(signal), [tenure]));
  return (
    <WithEvents>
      {(events) => {
        if (!saved) {
          return <Workbench events={events} kept={kept} />;
        }
        return (
          <Loaded from={kept}>
            {(all) => {
              const opened = all.find((each) => each.id === saved);
              return opened ? (
                <Workbench events={events} kept={kept} opened={opened} />
              ) : (
                <Empty>{t('problem.404')}</Empty>
              );
            }}
          </Loaded>
        );
      }}
    </WithEvents>
  );
}

function Workbench(props: {
  events: readonly string[];
  kept: Reloadable<readonly SavedAnalysis[]>;
  opened?: SavedAnalysis;
}): ReactNode {
  const { t } = useConsole();
  const { events, kept, opened } = props;
  const runs = useRuns();
  const read = opened && questionOf(opened.query);
  const [question, setQuestion] = useState<Question>(
    () => read?.question ?? firstQuestion('trend', events, { kind: 'last', days: 30 }),
  );
  const [asked, setAsked] = useState<Asked | undefined>(() => {
    const query = opened?.query ?? queryOf(question);
    return query && { query };
  });
  // A query may say more than the form: until the form changes it is asked as it is.
  const [more, setMore] = useState(() =>
    read && !read.whole ? { question, query: opened.query } : undefined,
  );
  const asItIs = more?.question === question ? more.query : undefined;
  const query = asItIs ?? queryOf(question);
  const change = (next: Question) => {
    if (next.model === question.model) {
      setQuestion(next);
      return;
    }
    const other = otherQuestion(next.model, events, next);
    const first = queryOf(other);
    setQuestion(other);
    setAsked(first && { query: first });
  };
  const open = (answered: Asked) => {
    const background = questionOf(answered.query);
    if (background) {
      setQuestion(background.question);
      setMore(background.whole ? undefined : { question: background.question, query: answered.query });
    }
    setAsked(answered);
  };
  return (
    <div className="bench">
      <div className="stack">
        <Card title={opened?.name ?? t('analyses.question')} hint={opened?.description}>
          {opened && (
            <p className="note">
              <a href={href('analyses')}>{t('analyses.new')}</a>
            </p>
          )}
          {asItIs && <p className="hint note">{t('analyses.more')}</p>}
          {opened && !read ? (
            <p className="hint">{t('analyses.elsewhere')}</p>
          ) : (
            <Form question={question} onChange={change} onRun={query && (() => setAsked({ query }))}>
              {query && <CostButton query={query} onBackground={runs.start} />}
            </Form>
          )}
        </Card>
        <RunList
          runs={runs}
          onOpen={({ query, run }) => run?.result && open({ query, result: run.result })}
        />
        <SavedList kept={kept} selected={opened?.id} />
      </div>
      {asked && (
        <Answer
          key={Object.keys(asked.query).join()}
          asked={asked}
          onSaved={kept.reload}
          onBackground={runs.start}
        />
      )}
    </div>
  );
}
