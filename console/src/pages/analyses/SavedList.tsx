import type { ReactNode } from 'react';
import { modelOf } from '../../api/analyses';
import type { SavedAnalysis } from '../../api/saved';
import { useConsole } from '../../app/context';
import type { Reloadable } from '../../app/load';
import { href, navigate } from '../../app/router';
import { knownKey } from '../../i18n/translate';
import { KeptTools } from '../../ui/KeptTools';
import { Card, Loaded, ReloadButton } from '../../ui/parts';

/** The questions that are kept, of every model. */
export function SavedList(props: {
  kept: Reloadable<readonly SavedAnalysis[]>;
  selected: string | undefined;
}): ReactNode {
  const { t } = useConsole();
  const { kept, selected } = props;
  return (
    <Card title={t('analyses.saved')} actions={<ReloadButton of={kept} />}>
      <Loaded from={kept}>
        {(all) =>
          all.length === 0 ? (
            <p className="hint">{t('analyses.saved.empty')}</p>
          ) : (
            <ul className="kept">
              {all.map((each) => (
                <SavedRow key={each.id} saved={each} current={each.id === selected} onChanged={kept.reload} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function SavedRow(props: { saved: SavedAnalysis; current: boolean; onChanged: () => void }): ReactNode {
  const { tenure, t } = useConsole();
  const { saved, current, onChanged } = props;
  const model = knownKey(`analyses.model.${modelOf(saved.query)}`);
  return (
    <li data-testid="saved">
      <div>
        <a href={href('analyses', saved.id)} aria-current={current || undefined}>
          {saved.name}
        </a>
        <small>{model ? t(model) : modelOf(saved.query)}</small>
      </div>
      <KeptTools
        name={saved.name}
        onRename={async (name) => {
          await tenure.saved.update({ ...saved, name });
          onChanged();
        }}
        onDelete={async () => {
          await tenure.saved.remove(saved);
          if (current) {
            navigate('analyses');
          }
          onChanged();
        }}
        onConflict={onChanged}
      />
    </li>
  );
}
