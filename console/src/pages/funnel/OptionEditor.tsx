import type { ReactNode } from 'react';
import { type Attribute, type FunnelOptions, mostFactors } from '../../analysis/funnelOptions';
import { useConsole } from '../../app/context';
import type { Translate } from '../../i18n/translate';
import { CheckField } from '../../ui/CheckField';
import { IconButton } from '../../ui/parts';
import { PropertyPicker, TraitPicker } from '../../ui/pickers';

const hour = 3_600;
const windows: readonly number[] = [
  hour,
  24 * hour,
  3 * 24 * hour,
  7 * 24 * hour,
  14 * 24 * hour,
  30 * 24 * hour,
];

interface Editing {
  readonly options: FunnelOptions;
  /** The first step's, whose properties tell attempts apart. */
  readonly event: string;
  readonly onChange: (options: Partial<FunnelOptions>) => void;
}

/** How long attempts may take, how they are told apart, and what else is to be told about them. */
export function OptionEditor(props: Editing): ReactNode {
  const { t } = useConsole();
  const { options, onChange } = props;
  return (
    <>
      <LimitChoice {...props} />
      <BreakdownChoice {...props} />
      <CheckField
        label={t('funnel.next')}
        checked={options.nextEvents}
        onChange={(nextEvents) => onChange({ nextEvents })}
      />
      <FactorList {...props} />
    </>
  );
}

function LimitChoice({ options, onChange }: Editing): ReactNode {
  const { t } = useConsole();
  return (
    <>
      <label className="field">
        <span>{t('funnel.window')}</span>
        <select
          value={options.limit}
          data-testid="limit"
          onChange={({ target }) =>
            onChange({ limit: target.value === 'session' ? 'session' : Number(target.value) })
          }
        >
          {windows.map((seconds) => (
            <option key={seconds} value={seconds}>
              {windowName(seconds, t)}
            </option>
          ))}
          <option value="session">{t('funnel.window.session')}</option>
        </select>
      </label>
      {options.limit === 'session' && (
        <CheckField
          label={t('funnel.window.eachSession')}
          checked={options.eachSession}
          onChange={(eachSession) => onChange({ eachSession })}
        />
      )}
    </>
  );
}

function windowName(seconds: number, t: Translate): string {
  if (seconds < 24 * hour) {
    return seconds === hour ? t('funnel.window.hour') : t('funnel.window.hours', { count: seconds / hour });
  }
  return seconds === 24 * hour
    ? t('funnel.window.day')
    : t('funnel.window.days', { count: seconds / (24 * hour) });
}

function BreakdownChoice({ options, event, onChange }: Editing): ReactNode {
  const { t } = useConsole();
  const { breakdown } = options;
  const choose = (of: string) =>
    onChange({ breakdown: of === 'property' || of === 'trait' ? { of, name: '' } : undefined });
  return (
    <>
      <label className="field">
        <span>{t('funnel.breakdown')}</span>
        <select
          value={breakdown?.of ?? ''}
          data-testid="breakdown"
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">{t('funnel.breakdown.none')}</option>
          <option value="property">{t('funnel.attribute.property')}</option>
          <option value="trait">{t('funnel.attribute.trait')}</option>
        </select>
      </label>
      {breakdown && (
        <AttributePicker
          attribute={breakdown}
          event={event}
          onChange={(name) => onChange({ breakdown: { ...breakdown, name } })}
        />
      )}
    </>
  );
}

/** What may go with completing: events, and values of properties and traits. */
function FactorList({ options, event, onChange }: Editing): ReactNode {
  const { t } = useConsole();
  const { factors } = options;
  const add = (of: Attribute['of']) => onChange({ factors: [...factors, { of, name: '' }] });
  return (
    <fieldset className="whose">
      <legend>{t('funnel.factors')}</legend>
      <CheckField
        label={t('funnel.factors.events')}
        checked={options.factorEvents}
        onChange={(factorEvents) => onChange({ factorEvents })}
      />
      {factors.map((attribute, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal; their place is their identity.
        <div key={index} className="factor">
          <AttributePicker
            attribute={attribute}
            event={event}
            onChange={(name) =>
              onChange({
                factors: factors.map((other, place) => (place === index ? { ...other, name } : other)),
              })
            }
          />
          <IconButton
            small
            icon="close"
            label={t('funnel.factors.remove', { number: index + 1 })}
            onClick={() => onChange({ factors: factors.filter((_, place) => place !== index) })}
          />
        </div>
      ))}
      {factors.length < mostFactors && (
        <>
          <button type="button" className="link" onClick={() => add('property')}>
            {t('funnel.factors.addProperty')}
          </button>
          <button type="button" className="link" onClick={() => add('trait')}>
            {t('funnel.factors.addTrait')}
          </button>
        </>
      )}
    </fieldset>
  );
}

function AttributePicker(props: {
  attribute: Attribute;
  event: string;
  onChange: (name: string) => void;
}): ReactNode {
  const { t } = useConsole();
  const { attribute, event, onChange } = props;
  const picker = {
    label: t(`funnel.attribute.${attribute.of}`),
    hideLabel: true,
    value: attribute.name,
    onChange,
  };
  return attribute.of === 'trait' ? (
    <TraitPicker {...picker} />
  ) : (
    <PropertyPicker {...picker} event={event} />
  );
}
