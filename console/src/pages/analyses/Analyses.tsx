import { type ReactNode, useCallback, useState } from 'react';
import { firstQuestion, type Question, queryOf, questionOf } from '../../analysis/question';
import type { SavedAnalysis } from '../../api/analyses';
import type { Json } from '../../api/decode';
import type { EventName } from '../../api/tenure';
import { useConsole } from '../../app/context';
import { type Reloadable, useLoad } from '../../app/load';
import { Card, Empty, Loaded } from '../../ui/parts';
import { Answer } from './Answer';
import { Form } from './Form';
import { SavedList } from './SavedList';

/** Every model of analysis behind one form; `saved` is the id of a kept question, or empty. */
export function Analyses({ saved }: { saved: string }): ReactNode {
  const { tenure, t } = useConsole();
  const names = useLoad(useCallback((signal: AbortSignal) => tenure.eventNames(signal), [tenure]));
  const kept = useLoad(useCallback((signal: AbortSignal) => tenure.analyses.saved(signal), [tenure]));
  return (
    <Loaded from={names}>
      {(events) => {
        if (events.length === 0) {
          return <Empty>{t('funnel.noEvents')}</Empty>;
        }
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
    </Loaded>
  );
}

/** What is asked, and whose question it was; another question has no name until it is saved. */
interface Asked {
  readonly question: Question;
  readonly query: Json;
}

function Workbench(props: {
  events: readonly EventName[];
  kept: Reloadable<readonly SavedAnalysis[]>;
  opened?: SavedAnalysis;
}): ReactNode {
  const { t } = useConsole();
  const { kept, opened } = props;
  const events = props.events.map((event) => event.name);
  const read = opened && questionOf(opened.query);
  const [question, setQuestion] = useState<Question>(
    () => read?.question ?? firstQuestion('trend', events, { kind: 'last', days: 30 }),
  );
  const [asked, setAsked] = useState<Asked | undefined>(() => {
    const query = read ? opened.query : queryOf(question);
    return query && { question, query };
  });
  const query = queryOf(question);
  // A saved question may say more than the form: until the form changes it is asked as it is.
  const more = read && !read.whole && question === read.question;
  const change = (next: Question) => {
    const other = next.model !== question.model;
    const changed = other ? firstQuestion(next.model, events, next.range) : next;
    setQuestion(changed);
    if (other) {
      const first = queryOf(changed);
      setAsked(first && { question: changed, query: first });
    }
  };
  return (
    <div className="bench">
      <div className="stack">
        <Card title={opened?.name ?? t('analyses.question')}>
          <Form
            question={question}
            events={events}
            onChange={change}
            onRun={query && (() => setAsked({ question, query: more ? opened.query : query }))}
          />
          {read && !read.whole && <p className="hint">{t('analyses.more')}</p>}
          {opened && !read && <p className="hint">{t('analyses.elsewhere')}</p>}
        </Card>
        <SavedList kept={kept} selected={opened?.id} />
      </div>
      {asked && (
        <Answer
          key={asked.question.model}
          model={asked.question.model}
          query={asked.query}
          onSaved={kept.reload}
        />
      )}
    </div>
  );
}
