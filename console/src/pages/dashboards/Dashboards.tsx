import { type ReactNode, useCallback } from 'react';
import { idOf } from '../../api/analyses';
import type { Dashboard } from '../../api/saved';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { type Reloadable, useLoad } from '../../app/load';
import { href, navigate } from '../../app/router';
import { KeptTools } from '../../ui/KeptTools';
import { NameForm } from '../../ui/NameForm';
import { Card, Empty, Loaded, ReloadButton } from '../../ui/parts';
import { Board } from './Board';

/** The dashboards of the project, or one of them. */
export function Dashboards({ opened }: { opened: string }): ReactNode {
  const { tenure, t } = useConsole();
  const boards = useLoad(useCallback((signal: AbortSignal) => tenure.saved.dashboards(signal), [tenure]));
  if (!opened) {
    return <DashboardList boards={boards} />;
  }
  return (
    <Loaded from={boards}>
      {(all) => {
        const board = all.find((each) => each.id === opened);
        return board ? (
          <Board key={board.etag} board={board} onChanged={boards.reload} />
        ) : (
          <Empty>{t('problem.404')}</Empty>
        );
      }}
    </Loaded>
  );
}

function DashboardList({ boards }: { boards: Reloadable<readonly Dashboard[]> }): ReactNode {
  const { tenure, t, role } = useConsole();
  const creating = useAction();
  const create = (name: string) =>
    creating.run(async () => {
      const id = idOf(name, new Date());
      await tenure.saved.createDashboard(id, name);
      navigate('dashboards', id);
    });
  return (
    <Card title={t('dashboards.list')} actions={<ReloadButton of={boards} />}>
      <div className="stack">
        <Loaded from={boards}>
          {(all) =>
            all.length === 0 ? (
              <Empty>{t(mayEdit(role) ? 'dashboards.empty' : 'dashboards.none')}</Empty>
            ) : (
              <ul className="kept">
                {all.map((board) => (
                  <DashboardRow key={board.id} board={board} onChanged={boards.reload} />
                ))}
              </ul>
            )
          }
        </Loaded>
        {mayEdit(role) && <NameForm submit={t('dashboards.create')} action={creating} onSubmit={create} />}
      </div>
    </Card>
  );
}

function DashboardRow({ board, onChanged }: { board: Dashboard; onChanged: () => void }): ReactNode {
  const { t } = useConsole();
  return (
    <li data-testid="dashboard">
      <div>
        <a href={href('dashboards', board.id)}>{board.name}</a>
        <small>{board.description || t('dashboards.tiles', { count: board.tiles.length })}</small>
      </div>
      <BoardTools board={board} onChanged={onChanged} />
    </li>
  );
}

/** Renames and deletes a dashboard. */
export function BoardTools(props: {
  board: Dashboard;
  onChanged: () => void;
  onDeleted?: () => void;
}): ReactNode {
  const { tenure } = useConsole();
  const { board, onChanged, onDeleted } = props;
  return (
    <KeptTools
      name={board.name}
      onRename={async (name) => {
        await tenure.saved.updateDashboard({ ...board, name });
        onChanged();
      }}
      onDelete={async () => {
        await tenure.saved.removeDashboard(board);
        (onDeleted ?? onChanged)();
      }}
      onConflict={onChanged}
    />
  );
}
