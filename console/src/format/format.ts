import type { Language } from '../i18n/translate';
import { locale } from '../i18n/translate';

/** Numbers, shares, lengths and instants as people of one language read them. */
export interface Format {
  count(value: number): string;
  /** With up to two decimals. */
  number(value: number): string;
  compact(value: number): string;
  share(value: number): string;
  /** With up to two decimals, for shares that are compared. */
  rate(value: number): string;
  /** A relative effect: with its sign, and up to two decimals. */
  change(value: number): string;
  /** A p-value: three decimals, but never 0. */
  probability(value: number): string;
  /** With as many digits as tell one mean from another. */
  precise(value: number): string;
  /** An amount of an ISO 4217 currency. */
  money(value: number, currency: string): string;
  factor(value: number): string;
  duration(seconds: number | undefined): string;
  dateTime(instant: Date | undefined): string;
  date(instant: Date | undefined): string;
  /** A local date like "2026-03-09", without a time zone. */
  day(isoDate: string): string;
}

const units: readonly [seconds: number, english: string, chinese: string][] = [
  [86_400, 'd', '天'],
  [3_600, 'h', '小时'],
  [60, 'min', '分'],
  [1, 's', '秒'],
];

const absent = '–';

export function format(language: Language): Format {
  const tag = locale(language);
  const count = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 });
  const rate = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 });
  const change = new Intl.NumberFormat(tag, {
    style: 'percent',
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  const probability = new Intl.NumberFormat(tag, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const precise = new Intl.NumberFormat(tag, { maximumSignificantDigits: 5 });
  const factor = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 2 });
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const day = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  return {
    count: (value) => count.format(value),
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    share: (value) => share(value, tag),
    rate: (value) => rate.format(value),
    change: (value) => change.format(value),
    probability: (value) => (value < 0.001 ? `<${probability.format(0.001)}` : probability.format(value)),
    precise: (value) => precise.format(value),
    money: (value, currency) => money(value, currency, tag),
    factor: (value) => (Number.isFinite(value) ? `${factor.format(value)}×` : absent),
    duration: (seconds) => duration(seconds, language),
    dateTime: (instant) => (instant ? dateTime.format(instant) : absent),
    date: (instant) => (instant ? date.format(instant) : absent),
    day: (isoDate) => {
      const instant = new Date(`${isoDate}T00:00:00Z`);
      return Number.isNaN(instant.getTime()) ? isoDate : day.format(instant);
    },
  };
}

/** One decimal, but never 0.0 % for something nor 100.0 % for not everything. */
function share(value: number, tag: string): string {
  if (!Number.isFinite(value)) {
    return absent;
  }
  const percent = (fraction: number) =>
    new Intl.NumberFormat(tag, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(fraction);
  if (value > 0 && value < 0.0005) {
    return `<${percent(0.001)}`;
  }
  if (value < 1 && value >= 0.9995) {
    return `>${percent(0.999)}`;
  }
  return percent(value);
}

/** Codes come from those who define metrics; one that is none is written behind the number. */
function money(value: number, currency: string, tag: string): string {
  try {
    return new Intl.NumberFormat(tag, { style: 'currency', currency }).format(value);
  } catch {
    return `${new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }).format(value)} ${currency}`;
  }
}

/** The two largest units, like "2 d 4 h"; milliseconds below a second. */
function duration(seconds: number | undefined, language: Language): string {
  if (seconds === undefined || !Number.isFinite(seconds)) {
    return absent;
  }
  if (seconds < 1) {
    const milliseconds = Math.round(seconds * 1000);
    return language === 'zh' ? `${milliseconds} 毫秒` : `${milliseconds} ms`;
  }
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [length, english, chinese] of units) {
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    if (amount > 0) {
      parts.push(`${amount} ${language === 'zh' ? chinese : english}`);
    } else if (parts.length > 0) {
      break;
    }
    if (parts.length === 2) {
      break;
    }
  }
  return parts.join(' ');
}
