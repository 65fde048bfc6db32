import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import type { Merge, PersonProfile, PurposeConsent } from '../../api/people';
import type { Language } from '../../i18n/translate';
import { markup as rendered } from '../../testing';
import { Consent, ConsentTable } from './Consent';
import { Erase, ErasureSteps, ReceiptView } from './Erase';
import { Export, ExportResult } from './Export';
import { DecisionList, idsOf } from './Identity';
import { MergeTable, UndoPreview } from './Merges';
import { byClass, TraitGroup } from './Traits';

const markup = (element: ReactNode, role = 'ROLE_ADMINISTRATOR', language: Language = 'en') =>
  rendered(element, language, role);

const person: PersonProfile = {
  userNumber: 7,
  loginId: 'ann',
  otherLoginIds: ['ann-old'],
  anonymousIds: ['phone'],
  identities: [],
  traits: { city: 'Bern', balance: 12, nickname: 'A', payday: 25 },
  maskedTraits: ['iban'],
  firstSeenTime: undefined,
  lastSeenTime: undefined,
  eventCount: 3,
  mergedUsers: [],
};

describe('who somebody is', () => {
  it('lists logins and devices, or the declared ids instead', () => {
    expect(idsOf(person).map((id) => `${id.kind} ${id.value}`)).toEqual([
      'login_id ann',
      'login_id ann-old',
      'anonymous_id phone',
    ]);
    expect(idsOf({ ...person, identities: ['email:a@b'] })).toEqual([
      { kind: 'identity', value: 'email:a@b' },
    ]);
  });

  it('explains a decision in both languages, and names a rule it does not know', () => {
    const decision = {
      rule: 'RULE_MOVED_TO_LOGIN',
      userNumber: 7,
      formerUserNumber: 9,
      otherUserNumber: 0,
      decideTime: undefined,
    };
    expect(markup(<DecisionList decisions={[decision]} />)).toContain('from user 9 it went over to user 7');
    expect(markup(<DecisionList decisions={[decision]} />, '', 'zh')).toContain(
      '从用户 9 转至该账号的用户 7',
    );
    expect(markup(<DecisionList decisions={[{ ...decision, rule: 'RULE_NEWER' }]} />)).toContain(
      'RULE_NEWER',
    );
  });
});

describe('traits', () => {
  it('come by class, the hidden among the personal ones and the computed apart', () => {
    const classes = new Map([
      ['balance', 'DATA_CLASS_C2'],
      ['iban', 'DATA_CLASS_C2'],
      ['city', 'DATA_CLASS_C1'],
    ]);
    const groups = byClass(person, classes, { payday: 25 });
    expect(groups.map(([name, traits]) => [name, traits.map((trait) => trait.name)])).toEqual([
      ['DATA_CLASS_C2', ['balance', 'iban']],
      ['DATA_CLASS_C1', ['city']],
      ['', ['nickname']],
    ]);
    const personal = markup(<TraitGroup name="DATA_CLASS_C2" traits={groups[0]?.[1] ?? []} />);
    expect(personal).toContain('<dt>balance</dt><dd>12</dd>');
    expect(personal).toContain('<dt>iban</dt><dd><span class="badge">hidden</span></dd>');
  });
});

describe('consent', () => {
  const sharing: PurposeConsent = {
    purpose: 'PURPOSE_SHARING',
    allowed: false,
    reason: 'REASON_WITHDRAWN',
    entry: {
      userId: 'ann',
      purpose: 'PURPOSE_SHARING',
      state: 'CONSENT_STATE_WITHDRAWN',
      textVersion: '2026-05',
      effectiveTime: new Date(0),
      source: 'CONSENT_SOURCE_APP',
      author: '',
    },
  };

  it('shows state, reason, text and time, and what can be done', () => {
    const table = markup(<ConsentTable purposes={[sharing]} onChange={() => {}} />);
    expect(table).toContain('not allowed');
    expect(table).toContain('The person withdrew');
    expect(table).toContain('text 2026-05');
    expect(table).toContain('1970');
    expect(table).toContain('aria-label="Grant: Sharing"');
    expect(markup(<ConsentTable purposes={[sharing]} onChange={undefined} />)).not.toContain('Grant');
  });

  it('says who can change it, and of whom nothing can be written down', () => {
    const analyst = markup(<Consent profile={person} className="" />, 'ROLE_ANALYST');
    expect(analyst).toContain('Editors and administrators can change this.');
    expect(markup(<Consent profile={person} className="" />, 'ROLE_EDITOR')).not.toContain('can change this');
    const nameless = { ...person, loginId: '', anonymousIds: [] };
    expect(markup(<Consent profile={nameless} className="" />)).toContain('this person has neither');
  });
});

describe('merges', () => {
  const merge: Merge = {
    id: 'm',
    survivor: 7,
    absorbed: 9,
    state: 'STATE_MERGED',
    automatic: false,
    author: 'person:bob',
    reason: 'Same card',
    createTime: undefined,
    expireTime: undefined,
  };

  it('offers an undo only while there is one, and only to those who may', () => {
    const undo = 'data-testid="undo"';
    expect(markup(<MergeTable merges={[merge]} onUndo={() => {}} />)).toContain(undo);
    expect(markup(<MergeTable merges={[merge]} onUndo={undefined} />)).not.toContain(undo);
    const final = { ...merge, state: 'STATE_FINAL' };
    expect(markup(<MergeTable merges={[final]} onUndo={() => {}} />)).not.toContain(undo);
  });

  it('previews what moves and what comes back', () => {
    const preview = markup(
      <UndoPreview
        preview={{
          survivor: 7,
          absorbed: 9,
          eventCount: 48,
          loginIds: [],
          anonymousIds: ['phone-2'],
          identities: [],
          changes: [{ name: 'city', value: 'Bern', otherValue: undefined }],
          maskedTraits: ['iban'],
          eventCountBefore: 212,
          eventCountAfter: 164,
          expireTime: undefined,
        }}
      />,
    );
    expect(preview).toContain('User 9 would be on its own again');
    expect(preview).toContain('212 → 164');
    expect(preview).toContain('phone-2');
    expect(preview).toContain('Bern → –');
    expect(preview).toContain('hidden');
  });
});

describe('the rights of a person', () => {
  it('are for administrators, and others are told so', () => {
    for (const card of [
      <Export key="e" userNumber={7} className="" />,
      <Erase key="f" profile={person} className="" />,
    ]) {
      expect(markup(card, 'ROLE_EDITOR')).toContain('Only administrators can do this.');
      expect(markup(card, 'ROLE_EDITOR')).not.toContain('<button');
      expect(markup(card)).toContain('<button');
    }
  });

  it('say whether an export is whole', () => {
    const told = { complete: true, remarks: ['Two were on their way'] };
    const whole = markup(<ExportResult summary={{ ...told, counts: [['events', 1200]] }} />);
    expect(whole).toContain('complete and was saved');
    expect(whole).toContain('1,200');
    expect(whole).toContain('Two were on their way');
    const cut = markup(<ExportResult summary={{ complete: false, counts: [], remarks: [] }} />);
    expect(cut).toContain('role="alert"');
  });

  it('show how far an erasure is, what it waits for, and what remains', () => {
    const steps = markup(
      <ErasureSteps
        erasure={{ id: 'e', state: 'STATE_COUNTED', counts: [], waitingReason: 'the relay is behind' }}
      />,
    );
    expect(steps).toContain('value="2"');
    expect(steps).toContain('Waiting: the relay is behind');
    const receipt = markup(
      <ReceiptView
        receipt={{ document: {}, completionTime: undefined, keyId: 'k1', remarks: ['backup-1 until May'] }}
        onSave={() => {}}
      />,
    );
    expect(receipt).toContain('backup-1 until May');
    expect(receipt).toContain('k1');
    expect(receipt).toContain('data-testid="save-receipt"');
  });
});
