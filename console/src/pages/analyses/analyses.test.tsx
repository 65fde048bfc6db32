import { describe, expect, it } from 'vitest';
import { anybody } from '../../analysis/scope';
import { allSessions } from '../../analysis/sessions';
import { type Sheet, word, words } from '../../analysis/sheet';
import { idOf } from '../../api/analyses';
import { markup } from '../../testing';
import { Fresh } from '../answers/Fresh';
import { Keep } from '../answers/Keep';
import { SheetTable } from '../answers/SheetTable';
import { Form } from './Form';

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
    const fresh = {
      dataTime: undefined,
      computeTime: undefined,
      rowsRead: 7,
      repeated: false,
      samplePerMille: 1000,
    };
    expect(markup(<Fresh freshness={fresh} />)).not.toContain('given before');
    const told = markup(<Fresh freshness={{ ...fresh, repeated: true, samplePerMille: 100 }} />);
    expect(told).toContain('given before');
    expect(told).toContain('of 10.0% of the users');
  });
});

describe('the age of an answer', () => {
  const repeated = {
    dataTime: undefined,
    computeTime: new Date('2026-06-15T12:00:00Z'),
    rowsRead: 7,
    repeated: true,
    samplePerMille: 0,
  };

  it('is told where an older one is good enough, for then something may have changed since', () => {
    const tile = markup(<Fresh freshness={repeated} aged />);
    expect(tile).toContain('computed 15 Jun 2026');
    expect(tile).not.toContain('nothing has changed');
  });
});

describe('the form', () => {
  it('keeps an event that nobody knows, and asks for a property only where one is needed', () => {
    const form = (aggregate: string) =>
      markup(
        <Form
          question={{
            model: 'trend',
            draft: { event: 'Gone', aggregate },
            filters: {},
            users: anybody,
            sessions: allSessions,
            range: { kind: 'last', days: 30 },
          }}
          onChange={() => {}}
          onRun={undefined}
        />,
      );
    expect(form('TREND_AGGREGATE_SUM')).toContain('value="Gone"');
    expect(form('TREND_AGGREGATE_SUM')).toMatch(/<label[^>]*>Property<\/label>/);
    expect(form('TREND_AGGREGATE_EVENTS')).not.toMatch(/<label[^>]*>Property<\/label>/);
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
