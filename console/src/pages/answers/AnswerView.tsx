import { type ReactNode, useMemo, useState } from 'react';
import { type ModelName, models } from '../../analysis/models';
import { say, word } from '../../analysis/sheet';
import { type Answer, modelOf } from '../../api/analyses';
import { type Json, record } from '../../api/decode';
import { retentionOf } from '../../api/models';
import { useConsole } from '../../app/context';
import { HeatTable } from '../../charts/HeatTable';
import { Drawer } from '../../ui/Drawer';
import { Empty } from '../../ui/parts';
import { UserList } from '../../ui/UserList';
import { Fresh } from './Fresh';
import { FunnelAnswer } from './FunnelAnswer';
import { Keep } from './Keep';
import { type Opened, SheetTable } from './SheetTable';

/** The answer to a question of any model; every number with users behind it opens them. */
export function AnswerView(props: {
  query: Json;
  answer: Answer;
  /** Whether an answer of some age was good enough. */
  aged?: boolean;
}): ReactNode {
  const { query, answer, aged = false } = props;
  const [opened, setOpened] = useState<Opened>();
  const model = modelOf(query);
  return (
    <div className="answer" data-model={model}>
      <Picture model={model} query={query} answer={answer} onOpen={setOpened} />
      <Fresh freshness={answer.freshness} aged={aged} />
      {opened && (
        <Drawer title={opened.title} onClose={() => setOpened(undefined)}>
          <Behind query={query} opened={opened} />
        </Drawer>
      )}
    </div>
  );
}

interface PictureProps {
  readonly query: Json;
  readonly answer: Answer;
  readonly onOpen: (opened: Opened) => void;
}

function Picture({ model, ...props }: PictureProps & { model: string }): ReactNode {
  const { t } = useConsole();
  switch (model) {
    case 'funnel':
      return <FunnelAnswer {...props} />;
    case 'retention':
      return <RetentionPicture {...props} />;
    default:
      return isModel(model) ? <Sheets model={model} {...props} /> : <Empty>{t('analyses.unknown')}</Empty>;
  }
}

function RetentionPicture({ answer, onOpen }: PictureProps): ReactNode {
  const { t, format } = useConsole();
  const retention = retentionOf(answer);
  if (retention.cohorts.length === 0) {
    return <Empty>{t('retention.empty')}</Empty>;
  }
  return (
    <HeatTable
      retention={retention}
      onOpen={(startDate, period, column) =>
        onOpen({
          title: `${format.day(startDate)} · ${column}`,
          cell: { retention: { start_date: startDate, period } },
        })
      }
    />
  );
}

function Sheets({ model, query, answer, onOpen }: PictureProps & { model: ModelName }): ReactNode {
  const { t, format } = useConsole();
  const sheets = models[model].sheets(record(answer.result[model]), record(query[model]));
  return sheets.every((sheet) => sheet.rows.length === 0) ? (
    <Empty>{t('analyses.nothing')}</Empty>
  ) : (
    sheets.map((sheet, index) => (
      <SheetTable
        // biome-ignore lint/suspicious/noArrayIndexKey: a model's tables always stand in one order.
        key={index}
        sheet={sheet}
        label={say(sheet.title ?? word(`analyses.model.${model}`), t, format)}
        onOpen={onOpen}
      />
    ))
  );
}

function Behind({ query, opened }: { query: Json; opened: Opened }): ReactNode {
  const { tenure } = useConsole();
  const source = useMemo(
    () => (pageToken: string, signal?: AbortSignal) =>
      tenure.analyses.users(query, opened.cell, pageToken, signal),
    [tenure, query, opened],
  );
  return (
    <div className="stack">
      <Keep query={query} opened={opened} />
      <UserList source={source} label={opened.title} />
    </div>
  );
}

function isModel(name: string): name is ModelName {
  return Object.hasOwn(models, name);
}
