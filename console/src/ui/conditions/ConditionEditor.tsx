import type { ReactNode } from 'react';
import { countOperators, firstLeaf, type Group, type Leaf, leafKinds } from '../../analysis/conditions';
import { useConsole } from '../../app/context';
import { InputField } from '../InputField';
import { IconButton } from '../parts';
import { SegmentPicker } from '../pickers';
import { ComparisonEditor, OperatorChoice, SelectionEditor } from './Comparisons';

/** Edits a condition about users: leaves of which all or any must hold. Without a leaf it means everybody. */
export function ConditionEditor(props: {
  group: Group;
  /** Which kinds can be added; all where it is not there. */
  kinds?: readonly Leaf['kind'][];
  onChange: (group: Group) => void;
}): ReactNode {
  const { t } = useConsole();
  const { group, kinds = leafKinds, onChange } = props;
  const { leaves } = group;
  return (
    <div className="conditions">
      {leaves.length > 1 && (
        <select
          aria-label={t('condition.join')}
          value={group.join}
          onChange={(event) => onChange({ ...group, join: event.target.value === 'any' ? 'any' : 'all' })}
        >
          <option value="all">{t('condition.join.all')}</option>
          <option value="any">{t('condition.join.any')}</option>
        </select>
      )}
      {leaves.map((leaf, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two leaves may be equal; their place is their identity.
        <fieldset key={index} className="leaf" data-testid="leaf">
          <legend>{t(`condition.leaf.${leaf.kind}`)}</legend>
          <IconButton
            small
            icon="close"
            label={t('condition.leaf.remove', { number: index + 1 })}
            onClick={() => onChange({ ...group, leaves: leaves.filter((_, place) => place !== index) })}
          />
          <LeafEditor
            leaf={leaf}
            onChange={(changed) =>
              onChange({
                ...group,
                leaves: leaves.map((other, place) => (place === index ? changed : other)),
              })
            }
          />
        </fieldset>
      ))}
      {leaves.length < mostLeaves && (
        <select
          aria-label={t('condition.leaf.add')}
          data-testid="add-leaf"
          value=""
          onChange={(event) => {
            const kind = kinds.find((each) => each === event.target.value);
            if (kind) {
              onChange({ ...group, leaves: [...leaves, firstLeaf(kind)] });
            }
          }}
        >
          <option value="">{t('condition.leaf.add')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`condition.leaf.${kind}`)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function LeafEditor({ leaf, onChange }: { leaf: Leaf; onChange: (leaf: Leaf) => void }): ReactNode {
  switch (leaf.kind) {
    case 'segment':
      return <SegmentLeaf leaf={leaf} onChange={onChange} />;
    case 'trait':
      return (
        <ComparisonEditor
          comparison={leaf.comparison}
          of={{ kind: 'trait' }}
          onChange={(comparison) => onChange({ ...leaf, comparison })}
        />
      );
    case 'event':
      return <EventLeaf leaf={leaf} onChange={onChange} />;
    case 'latest':
      return (
        <>
          <SelectionEditor
            selection={leaf.selection}
            onChange={(selection) => onChange({ ...leaf, selection })}
          />
          <ComparisonEditor
            comparison={leaf.comparison}
            of={{ kind: 'property', event: leaf.selection.event }}
            onChange={(comparison) => onChange({ ...leaf, comparison })}
          />
        </>
      );
  }
}

type LeafOf<Kind extends Leaf['kind']> = Extract<Leaf, { kind: Kind }>;

function SegmentLeaf(props: { leaf: LeafOf<'segment'>; onChange: (leaf: Leaf) => void }): ReactNode {
  const { t } = useConsole();
  const { leaf, onChange } = props;
  return (
    <>
      <select
        aria-label={t('condition.operator')}
        value={String(leaf.member)}
        onChange={(event) => onChange({ ...leaf, member: event.target.value === 'true' })}
      >
        <option value="true">{t('condition.segment.in')}</option>
        <option value="false">{t('condition.segment.notIn')}</option>
      </select>
      <SegmentPicker
        label={t('condition.segmentId')}
        value={leaf.id}
        onChange={(id) => onChange({ ...leaf, id })}
      />
    </>
  );
}

function EventLeaf(props: { leaf: LeafOf<'event'>; onChange: (leaf: Leaf) => void }): ReactNode {
  const { t } = useConsole();
  const { leaf, onChange } = props;
  return (
    <>
      <SelectionEditor
        selection={leaf.selection}
        onChange={(selection) => onChange({ ...leaf, selection })}
      />
      <div className="comparison pair">
        <OperatorChoice
          value={leaf.operator}
          from={countOperators}
          onChange={(operator) => onChange({ ...leaf, operator })}
        />
        <input
          aria-label={t('condition.count')}
          inputMode="numeric"
          value={leaf.count}
          maxLength={9}
          onChange={(event) => onChange({ ...leaf, count: event.target.value })}
        />
      </div>
      <InputField
        label={t('condition.days')}
        inputMode="numeric"
        value={leaf.days}
        maxLength={5}
        onChange={(days) => onChange({ ...leaf, days })}
      />
    </>
  );
}

const mostLeaves = 50;
