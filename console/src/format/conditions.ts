import { instant, integer, type Json, list, record, seconds, text } from '../api/decode';
import { knownKey, type Translate } from '../i18n/translate';
import type { Format } from './format';

/** Says a condition tree (tenure.condition.v1) in words, so that nobody has to read its JSON. */
export function describeCondition(condition: Json, t: Translate, format: Format): string {
  return describe(condition, t, format, false);
}

function describe(condition: Json, t: Translate, format: Format, nested: boolean): string {
  const kind = Object.keys(condition)[0];
  const body = record(kind && condition[kind]);
  switch (kind) {
    case 'all':
      return joined(body, t('condition.and'), t, format, nested);
    case 'any':
      return joined(body, t('condition.or'), t, format, nested);
    case 'not':
      return t('condition.not', { inner: describe(body, t, format, false) });
    case 'trait':
      return t('condition.trait', { name: text(body.name), comparison: comparison(body, t) });
    case 'event':
      return eventCondition(body, t, format);
    case 'latest':
      return t('condition.latest', { property: text(body.property), comparison: comparison(body, t) });
    case 'segment':
      return t('condition.segment', { id: text(body.segment_id) });
    case 'sequence':
      return t('condition.sequence', {
        steps: list(body.steps, (step) => describeSelector(step, t)).join(' → '),
        time: format.duration(seconds(body.within)),
      });
    default:
      return t('condition.unknown');
  }
}

function joined(body: Json, word: string, t: Translate, format: Format, nested: boolean): string {
  const parts = list(body.conditions, (part) => describe(part, t, format, true));
  const sentence = parts.join(word);
  return nested && parts.length > 1 ? `(${sentence})` : sentence;
}

/** "Less than one" and "at least one" have plainer words than a comparison. */
function eventCondition(body: Json, t: Translate, format: Format): string {
  const event = describeSelector(record(body.selector), t);
  const window = describeWindow(record(body.window), t, format);
  const count = integer(body.count);
  const operator = text(body.operator);
  if ((operator === 'OPERATOR_LESS' && count === 1) || (operator === 'OPERATOR_EQUAL' && count === 0)) {
    return t('condition.event.never', { event, window });
  }
  if (
    (operator === 'OPERATOR_GREATER_OR_EQUAL' && count === 1) ||
    (operator === 'OPERATOR_GREATER' && count === 0)
  ) {
    return t('condition.event.atLeastOnce', { event, window });
  }
  return t('condition.event', {
    event,
    window,
    comparison: comparison({ operator, values: [count] }, t),
  }).trim();
}

export function describeSelector(selector: Json, t: Translate): string {
  const event = text(selector.name) || t('condition.anyEvent');
  const filters = list(selector.filters, (filter) => `${text(filter.name)} ${comparison(filter, t)}`);
  return filters.length > 0 ? t('condition.filtered', { event, filters: filters.join(', ') }) : event;
}

function comparison(body: Json, t: Translate): string {
  const key = knownKey(`operator.${text(body.operator)}`);
  const values = Array.isArray(body.values) ? body.values.map(String).join(' / ') : '';
  return key ? t(key, { values }) : t('condition.unknown');
}

function describeWindow(window: Json, t: Translate, format: Format): string {
  const last = seconds(window.last);
  if (last !== undefined) {
    return t('condition.last', { time: format.duration(last) });
  }
  if (window.interval === undefined) {
    return '';
  }
  const interval = record(window.interval);
  return t('condition.between', {
    start: format.date(instant(interval.start_time)),
    end: format.date(instant(interval.end_time)),
  });
}
