import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { type ModelName, models } from '../../analysis/models';
import { say, word } from '../../analysis/sheet';
import { type Json, record } from '../../api/decode';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { Drawer } from '../../ui/Drawer';
import { Card, Empty, Loaded } from '../../ui/parts';
import { UserList } from '../../ui/UserList';
import { Fresh } from './Fresh';
import { Keep } from './Keep';
import { type Opened, SheetTable } from './SheetTable';
import { Tools } from './Tools';

/** The answer to a question as tables; every number with users behind it opens them. */
export function Answer(props: { model: ModelName; query: Json; onSaved: () => void }): ReactNode {
  const { tenure, t, format } = useConsole();
  const { model, query } = props;
  const [opened, setOpened] = useState<Opened>();
  const answer = useLoad(
    useCallback((signal: AbortSignal) => tenure.analyses.run(query, signal), [tenure, query]),
  );
  return (
    <Card
      title={t(`analyses.model.${model}`)}
      hint={t('analyses.hint')}
      actions={<Tools model={model} query={query} onSaved={props.onSaved} />}
    >
      <Loaded from={answer}>
        {({ result, freshness }) => {
          const sheets = models[model].sheets(record(result[model]), record(query[model]));
          return (
            <div className="answer" data-model={model}>
              {sheets.every((sheet) => sheet.rows.length === 0) ? (
                <Empty>{t('analyses.nothing')}</Empty>
              ) : (
                sheets.map((sheet, index) => (
                  <SheetTable
                    // biome-ignore lint/suspicious/noArrayIndexKey: a model's tables always stand in one order.
                    key={index}
                    sheet={sheet}
                    label={say(sheet.title ?? word(`analyses.model.${model}`), t, format)}
                    onOpen={setOpened}
                  />
                ))
              )}
              <Fresh freshness={freshness} />
            </div>
          );
        }}
      </Loaded>
      {opened && (
        <Drawer title={opened.title} onClose={() => setOpened(undefined)}>
          <Behind query={query} opened={opened} />
        </Drawer>
      )}
    </Card>
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
