import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { type Sheet, word, words } from '../../analysis/sheet';
import { idOf } from '../../api/analyses';
import { Client } from '../../api/client';
import { Tenure } from '../../api/tenure';
import { ConsoleContext } from '../../app/context';
import { format } from '../../format/format';
import { translator } from '../../i18n/translate';
import { Form } from './Form';
import { Fresh } from './Fresh';
import { Keep } from './Keep';
import { SheetTable } from './SheetTable';

function markup(element: ReactNode, language: 'en' | 'zh' = 'en', role = 'ROLE_EDITOR'): string {
  const tenure = new Tenure(new Client());
  const value = { tenure, t: translator(language), format: format(language), language, role };
  return renderToStaticMarkup(<ConsoleContext value={value}>{element}</ConsoleContext>);
}

const sheet: Sheet = {
  columns: [word('analyses.period'), word('overview.users')],
  picture: 'heat',
  rows: [
    {
      incomplete: true,
      cells: [
        { shown: words('<b>May</b>') },
        { shown: { kind: 'number', value: 1234 }, users: {}, weight: 0.5 },
      ],
    },
    { cells: [{ shown: words('June') }, { shown: { kind: 'number', value: undefined } }] },
  ],
};

describe('a sheet', () => {
  const table = markup(<SheetTable sheet={sheet} label="t" onOpen={() => {}} />);

  it('makes a number with users behind it a button, and no other', () => {
    expect(table.match(/<button/g)).toHaveLength(1);
    expect(table).toMatch(/<button[^>]*>1,234<\/button>/);
  });

  it('marks what can still change, in words too', () => {
    expect(table).toContain('number heat-cell incomplete');
    expect(table.match(/unfinished/g)).toHaveLength(1);
    expect(markup(<SheetTable sheet={sheet} label="t" onOpen={() => {}} />, 'zh')).toContain(
      '该数值仍可能变化',
    );
  });

  it('never takes a value for markup, and says that there is none', () => {
    expect(table).toContain('&lt;b&gt;May&lt;/b&gt;');
    expect(table).toContain('–');
  });
});

describe('freshness', () => {
  it('says that an answer was repeated and that it is of a sample', () => {
    const fresh = { dataTime: undefined, rowsRead: 7, repeated: false, samplePerMille: 1000 };
    expect(markup(<Fresh freshness={fresh} />)).not.toContain('given before');
    const told = markup(<Fresh freshness={{ ...fresh, repeated: true, samplePerMille: 100 }} />);
    expect(told).toContain('given before');
    expect(told).toContain('of 10.0% of the users');
  });
});

describe('the form', () => {
  it('keeps a choice that is not offered, and asks for a property only where one is needed', () => {
    const form = (aggregate: string) =>
      markup(
        <Form
          question={{
            model: 'trend',
            draft: { event: 'Gone', aggregate },
            range: { kind: 'last', days: 30 },
          }}
          events={['Login']}
          onChange={() => {}}
          onRun={undefined}
        />,
      );
    expect(form('TREND_AGGREGATE_SUM')).toContain('<option value="Gone" selected="">Gone</option>');
    expect(form('TREND_AGGREGATE_SUM')).toContain('<span>Property</span>');
    expect(form('TREND_AGGREGATE_EVENTS')).not.toContain('<span>Property</span>');
  });
});

describe('a segment of the users behind a number', () => {
  const opened = { title: 'May', cell: {} };

  it('is offered to editors only', () => {
    expect(markup(<Keep query={{}} opened={opened} />)).toContain('Save as segment');
    expect(markup(<Keep query={{}} opened={opened} />, 'en', 'ROLE_ANALYST')).toBe('');
  });

  it('gets an id the service takes', () => {
    const now = new Date('2026-06-15T12:00:00Z');
    expect(idOf('Élan & Payers, May', now)).toBe('elan-payers-may');
    expect(idOf('流失用户', now)).toMatch(/^saved-[a-z0-9]+$/);
    expect(idOf('2', now)).toMatch(/^saved-/);
    expect(idOf('x'.repeat(200), now)).toHaveLength(63);
  });
});
