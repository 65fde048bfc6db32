import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Segment } from '../api/tenure';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { href } from '../app/router';
import { describeCondition } from '../format/conditions';
import { Card, Empty, Failure, Loaded, ReloadButton, Table } from '../ui/parts';
import { UserList } from '../ui/UserList';

/** The segments, and the members of the selected one. */
export function Segments({ selected }: { selected: string }): ReactNode {
  const { tenure, t } = useConsole();
  const segments = useLoad(useCallback((signal: AbortSignal) => tenure.segments(signal), [tenure]));
  const segment = segments.value?.find((each) => each.id === selected);
  return (
    <div className={segment ? 'bench reversed' : undefined}>
      <Card title={t('segments.list')} actions={<ReloadButton of={segments} />}>
        <Loaded from={segments}>
          {(value) =>
            value.length === 0 ? (
              <Empty>{t('segments.empty')}</Empty>
            ) : (
              <SegmentTable segments={value} selected={selected} />
            )
          }
        </Loaded>
      </Card>
      {segment && <SegmentPanel key={segment.id} segment={segment} onComputed={segments.reload} />}
    </div>
  );
}

function SegmentTable(props: { segments: readonly Segment[]; selected: string }): ReactNode {
  const { t, format } = useConsole();
  const most = Math.max(1, ...props.segments.map((segment) => segment.members ?? 0));
  return (
    <Table label={t('segments.list')}>
      <thead>
        <tr>
          <th>{t('segments.segment')}</th>
          <th className="number">{t('segments.members')}</th>
          <th>{t('segments.condition')}</th>
          <th>{t('segments.snapshot')}</th>
        </tr>
      </thead>
      <tbody>
        {props.segments.map((segment) => (
          <tr
            key={segment.id}
            className={segment.id === props.selected ? 'selected' : undefined}
            data-testid="segment"
          >
            <td className="with-meter">
              <span className="meter" style={{ width: `${((segment.members ?? 0) / most) * 100}%` }} />
              <a href={href('segments', segment.id)} title={t('segments.open', { name: segment.name })}>
                {segment.name}
              </a>
              {segment.description && <small>{segment.description}</small>}
            </td>
            <td className="number">{segment.members === undefined ? '–' : format.count(segment.members)}</td>
            <td className="condition">{describeCondition(segment.condition, t, format)}</td>
            <td className="nowrap">
              {segment.asOfTime ? format.dateTime(segment.asOfTime) : t('segments.never')}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function SegmentPanel({ segment, onComputed }: { segment: Segment; onComputed: () => void }): ReactNode {
  const { tenure, t, format } = useConsole();
  const [busy, setBusy] = useState(false);
  const [computed, setComputed] = useState<Segment>();
  const [failure, setFailure] = useState<unknown>();
  // A new snapshot has other members: its instant is part of what the list is about.
  const snapshot = (computed ?? segment).asOfTime?.getTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const source = useMemo(
    () => (pageToken: string, signal?: AbortSignal) => tenure.members(segment.id, pageToken, signal),
    [tenure, segment.id, snapshot],
  );

  const compute = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      setComputed(await tenure.computeSegment(segment.id));
      onComputed();
    } catch (cause) {
      setFailure(cause);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Card
      title={segment.name}
      hint={describeCondition(segment.condition, t, format)}
      actions={
        <button type="button" onClick={compute} disabled={busy}>
          {busy ? t('segments.computing') : t('segments.compute')}
        </button>
      }
    >
      <div aria-live="polite">
        {computed && (
          <p className="badge good">
            {t('segments.computed', { count: format.count(computed.members ?? 0) })}
          </p>
        )}
      </div>
      {failure !== undefined && <Failure failure={failure} />}
      {segment.members === undefined && !computed ? (
        <Empty>{t('segments.never')}</Empty>
      ) : (
        <UserList source={source} label={t('segments.members')} />
      )}
    </Card>
  );
}
