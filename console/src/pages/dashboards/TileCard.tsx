import { type ReactNode, useCallback } from 'react';
import { type TileAction, widths } from '../../analysis/board';
import type { SavedAnalysis, Tile } from '../../api/saved';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { href } from '../../app/router';
import { Card, Empty, IconButton, Loaded, ReloadButton } from '../../ui/parts';
import { AnswerView } from '../answers/AnswerView';

/** An answer of this age will do: events keep flowing in, and a dashboard asks many questions at once. */
const maxAgeSeconds = 60;

/** One question of a dashboard with its answer. While they are arranged, how to move it stands instead. */
export function TileCard(props: {
  tile: Tile;
  index: number;
  last: boolean;
  saved: SavedAnalysis | undefined;
  onChange: ((action: TileAction) => void) | undefined;
}): ReactNode {
  const { t } = useConsole();
  const { tile, saved, onChange } = props;
  const title = tile.title || saved?.name || tile.analysisId;
  const className = `tile w${widths.find((width) => width >= tile.width) ?? 12}`;
  if (!saved || onChange) {
    return (
      <Card
        title={title}
        className={className}
        actions={onChange && <Arrange {...props} title={title} onChange={onChange} />}
      >
        {!saved && <Empty>{t('dashboards.tile.gone')}</Empty>}
      </Card>
    );
  }
  return <AnsweredTile saved={saved} title={title} className={className} />;
}

function AnsweredTile(props: { saved: SavedAnalysis; title: string; className: string }): ReactNode {
  const { tenure } = useConsole();
  const { saved, title, className } = props;
  const { query } = saved;
  const answer = useLoad(
    useCallback((signal: AbortSignal) => tenure.analyses.run(query, signal, maxAgeSeconds), [tenure, query]),
  );
  return (
    <Card
      title={<a href={href('analyses', saved.id)}>{title}</a>}
      hint={saved.description}
      className={className}
      actions={<ReloadButton of={answer} />}
    >
      <Loaded from={answer}>{(given) => <AnswerView query={query} answer={given} aged />}</Loaded>
    </Card>
  );
}

function Arrange(props: {
  tile: Tile;
  index: number;
  last: boolean;
  title: string;
  onChange: (action: TileAction) => void;
}): ReactNode {
  const { t } = useConsole();
  const { tile, index, last, title, onChange } = props;
  const offered = widths.some((width) => width === tile.width) ? widths : [...widths, tile.width];
  return (
    <>
      <select
        aria-label={t('dashboards.tile.width', { name: title })}
        value={tile.width}
        onChange={(event) => onChange({ kind: 'resize', index, width: Number(event.target.value) })}
      >
        {offered.map((width) => (
          <option key={width} value={width}>
            {t('dashboards.tile.columns', { width })}
          </option>
        ))}
      </select>
      <IconButton
        icon="up"
        label={t('dashboards.tile.earlier', { name: title })}
        disabled={index === 0}
        onClick={() => onChange({ kind: 'move', index, by: -1 })}
      />
      <IconButton
        icon="down"
        label={t('dashboards.tile.later', { name: title })}
        disabled={last}
        onClick={() => onChange({ kind: 'move', index, by: 1 })}
      />
      <IconButton
        icon="close"
        label={t('dashboards.tile.remove', { name: title })}
        onClick={() => onChange({ kind: 'remove', index })}
      />
    </>
  );
}
