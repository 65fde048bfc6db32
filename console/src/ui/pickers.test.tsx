import { describe, expect, it } from 'vitest';
import { Problem } from '../api/client';
import { BadAnswer } from '../api/decode';
import { markup } from '../testing';
import { matching } from './Combo';
import { ConditionEditor } from './conditions/ConditionEditor';
import { isConflict, KeptTools } from './KeptTools';
import { Failure } from './parts';
import { EventPicker, lastPart, withLastPart } from './pickers';

describe('a field that offers names', () => {
  const choices = {
    entries: [{ value: 'Login' }, { value: 'ViewBalance' }, { value: 's-1', label: 'Gold logins' }],
    whole: true,
  };

  it('finds what contains the text, in any case and by its label too', () => {
    expect(matching(choices, ' LOGIN ').map((choice) => choice.value)).toEqual(['Login', 's-1']);
    expect(matching(choices, '')).toHaveLength(3);
    expect(matching(undefined, 'x')).toEqual([]);
  });

  it('never draws more than a screen can hold', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ value: `event-${index}` }));
    expect(matching({ entries: many, whole: true }, 'event').length).toBeLessThan(300);
  });

  it('looks for and replaces only the last of several values', () => {
    expect([lastPart('app, we'), lastPart('杭州，上'), lastPart('we')]).toEqual(['we', '上', 'we']);
    expect(withLastPart('app, we', 'web')).toBe('app, web');
    expect(withLastPart('we', 'web')).toBe('web');
    expect(withLastPart('app,', 'web')).toBe('app, web');
  });

  it('has a label and keeps a name that nobody knows', () => {
    const picker = markup(<EventPicker label="Event" value="Gone" onChange={() => {}} />);
    const id = /<label for="([^"]+)"[^>]*>Event</.exec(picker)?.[1];
    expect(id && picker).toContain(`<input id="${id}" role="combobox"`);
    expect(picker).toContain('value="Gone"');
  });
});

describe('the editor of conditions', () => {
  const leaf = { kind: 'segment', id: 'gold', member: false } as const;
  const editor = (count: number, language: 'en' | 'zh' = 'en') =>
    markup(
      <ConditionEditor
        group={{ join: 'any', leaves: Array.from({ length: count }, () => leaf) }}
        onChange={() => {}}
      />,
      language,
    );

  it('asks how conditions go together only where there are two', () => {
    expect(editor(1)).not.toContain('Any of these holds');
    expect(editor(2)).toContain('<option value="any" selected="">Any of these holds</option>');
  });

  it('keeps a segment that is not offered', () => {
    expect(editor(1)).toContain('<option value="gold" selected="">gold</option>');
  });

  it('names each part for those who do not see it', () => {
    for (const language of ['en', 'zh'] as const) {
      const html = editor(2, language);
      const bare = [...html.matchAll(/<(select|button)(?![^>]*aria-label)[^>]*>/g)].map(String);
      expect(bare).toEqual([]);
    }
  });
});

describe('what is kept under a name', () => {
  const tools = (role: string) =>
    markup(
      <KeptTools
        name="<i>Desk</i>"
        onRename={async () => {}}
        onDelete={async () => {}}
        onConflict={() => {}}
      />,
      'en',
      role,
    );

  it('is changed by editors only', () => {
    expect(tools('ROLE_EDITOR')).toContain('aria-label="Delete “&lt;i&gt;Desk&lt;/i&gt;”"');
    expect(tools('ROLE_ANALYST')).toBe('');
  });

  it('tells a conflict from other refusals of the same status', () => {
    expect(isConflict(new Problem(409, '', '', '', [], 'aborted'))).toBe(true);
    expect(isConflict(new Problem(409, '', '', '', [], 'failed-precondition'))).toBe(false);
    expect(isConflict(new Error('no'))).toBe(false);
  });

  it('says which refusal it was', () => {
    const said = (kind: string) => markup(<Failure failure={new Problem(409, '', 'why', '', [], kind)} />);
    expect(said('aborted')).toContain('Someone else changed this meanwhile');
    expect(said('already-exists')).toContain('exists already');
    expect(said('failed-precondition')).toContain('not possible as things are now');
    expect(said('failed-precondition')).toContain('why');
  });
});

describe('a bad answer', () => {
  it('is told as one, with what was missing', () => {
    expect(markup(<Failure failure={new BadAnswer('run.state')} />)).toContain(
      'The answer is not what was expected (run.state)',
    );
    expect(markup(<Failure failure={new BadAnswer('run.state')} />, 'zh')).toContain('run.state');
  });
});
