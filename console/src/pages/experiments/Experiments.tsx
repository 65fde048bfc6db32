import type { ReactNode } from 'react';
import { DraftPage } from './DraftPage';
import { ExperimentList } from './ExperimentList';
import { ExperimentPage } from './ExperimentPage';

/** No key begins with it, so it cannot be an experiment's. */
export const newExperiment = '+';

/** The experiments of the project, one of them, or a new one. */
export function Experiments({ opened, part }: { opened: string; part: string }): ReactNode {
  if (opened === '') {
    return <ExperimentList />;
  }
  return opened === newExperiment ? (
    <DraftPage experiment={undefined} />
  ) : (
    <ExperimentPage key={opened} experimentKey={opened} part={part} />
  );
}
