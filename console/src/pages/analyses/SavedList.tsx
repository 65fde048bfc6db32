import type { ReactNode } from 'react';
import { questionOf } from '../../analysis/question';
import type { SavedAnalysis } from '../../api/analyses';
import { useConsole } from '../../app/context';
import type { Reloadable } from '../../app/load';
import { href } from '../../app/router';
import { Card, Loaded } from '../../ui/parts';

/** The questions that are kept; those of models with a page of their own are not opened here. */
export function SavedList(props: {
  kept: Reloadable<readonly SavedAnalysis[]>;
  selected: string | undefined;
}): ReactNode {
  const { t } = useConsole();
  const { kept, selected } = props;
  return (
    <Card title={t('analyses.saved')}>
      <Loaded from={kept}>
        {(all) => {
          const ours = all.flatMap((each) => {
            const model = questionOf(each.query)?.question.model;
            return model ? [{ ...each, model }] : [];
          });
          return ours.length === 0 ? (
            <p className="hint">{t('analyses.saved.empty')}</p>
          ) : (
            <ul className="plain">
              {ours.map((each) => (
                <li key={each.id} data-testid="saved">
                  <a href={href('analyses', each.id)} aria-current={each.id === selected || undefined}>
                    {each.name}
                  </a>{' '}
                  <span className="hint">{t(`analyses.model.${each.model}`)}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}
