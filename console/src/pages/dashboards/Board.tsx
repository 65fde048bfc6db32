import { type ReactNode, useCallback, useState } from 'react';
import { arranged, mostTiles, type TileAction } from '../../analysis/board';
import { modelOf } from '../../api/analyses';
import type { Dashboard, SavedAnalysis, Tile } from '../../api/saved';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { href, navigate } from '../../app/router';
import { knownKey } from '../../i18n/translate';
import { ConfirmActions, isConflict } from '../../ui/KeptTools';
import { Card, Empty, Failure, Loaded } from '../../ui/parts';
import { BoardTools } from './Dashboards';
import { TileCard } from './TileCard';

/** One dashboard: its questions side by side, each with its answer of now. */
export function Board({ board, onChanged }: { board: Dashboard; onChanged: () => void }): ReactNode {
  const { tenure, t, role } = useConsole();
  const kept = useLoad(useCallback((signal: AbortSignal) => tenure.saved.analyses(signal), [tenure]));
  // The tiles while they are arranged; none while they are as they are kept.
  const [tiles, setTiles] = useState<readonly Tile[]>();
  const saving = useAction();
  const change = (action: TileAction) => setTiles((now) => arranged(now ?? board.tiles, action));
  const keep = () =>
    saving.run(async () => {
      await tenure.saved.updateDashboard({ ...board, tiles: tiles ?? board.tiles });
      setTiles(undefined);
      onChanged();
    });
  const leave = () => {
    setTiles(undefined);
    if (isConflict(saving.failure)) {
      onChanged();
    }
  };
  return (
    <div className="stack">
      <Card
        title={board.name}
        hint={board.description}
        actions={
          <>
            <a href={href('dashboards')}>{t('dashboards.all')}</a>
            {mayEdit(role) && !tiles && (
              <button type="button" onClick={() => setTiles(board.tiles)} data-testid="arrange">
                {t('dashboards.arrange')}
              </button>
            )}
            <BoardTools board={board} onChanged={onChanged} onDeleted={() => navigate('dashboards')} />
          </>
        }
      >
        {tiles && (
          <div className="stack">
            <Loaded from={kept}>
              {(all) => (
                <AddTile
                  saved={all}
                  full={tiles.length >= mostTiles}
                  onAdd={(analysisId) => change({ kind: 'add', analysisId })}
                />
              )}
            </Loaded>
            {saving.failure !== undefined && <Failure failure={saving.failure} />}
            <ConfirmActions
              action={saving}
              label={t('dashboards.keep')}
              onConfirm={keep}
              onCancel={leave}
              testId="keep-board"
            />
          </div>
        )}
        {!tiles && board.tiles.length === 0 && (
          <Empty>{t(mayEdit(role) ? 'dashboards.board.empty' : 'dashboards.board.none')}</Empty>
        )}
      </Card>
      <Loaded from={kept}>
        {(all) => (
          <div className="board">
            {(tiles ?? board.tiles).map((tile, index) => (
              <TileCard
                // biome-ignore lint/suspicious/noArrayIndexKey: a question may stand here twice; with its id the place tells it apart.
                key={`${tile.analysisId} ${index}`}
                tile={tile}
                index={index}
                last={index === (tiles ?? board.tiles).length - 1}
                saved={all.find((each) => each.id === tile.analysisId)}
                onChange={tiles && change}
              />
            ))}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function AddTile(props: {
  saved: readonly SavedAnalysis[];
  full: boolean;
  onAdd: (analysisId: string) => void;
}): ReactNode {
  const { t } = useConsole();
  const { saved, full, onAdd } = props;
  if (saved.length === 0) {
    return (
      <p className="hint">
        {t('dashboards.noSaved')} <a href={href('analyses')}>{t('nav.analyses')}</a>
      </p>
    );
  }
  return (
    <label className="field">
      <span>{t('dashboards.add')}</span>
      <select
        value=""
        disabled={full}
        data-testid="add-tile"
        onChange={(event) => event.target.value && onAdd(event.target.value)}
      >
        <option value="">{t('dashboards.add.choose')}</option>
        {saved.map((each) => {
          const model = knownKey(`analyses.model.${modelOf(each.query)}`);
          return (
            <option key={each.id} value={each.id}>
              {model ? `${each.name} · ${t(model)}` : each.name}
            </option>
          );
        })}
      </select>
    </label>
  );
}
