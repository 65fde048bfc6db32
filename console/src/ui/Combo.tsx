import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Problem } from '../api/client';
import { useConsole } from '../app/context';
import { Icon } from './icons';

/** One thing to choose. */
export interface Choice {
  readonly value: string;
  /** What is read, where it is not the value itself. */
  readonly label?: string | undefined;
  /** A number or a word about it. */
  readonly hint?: string | undefined;
  readonly description?: string | undefined;
}

export interface Choices {
  readonly entries: readonly Choice[];
  /** Whether these are all, so that typing need not ask anew. */
  readonly whole: boolean;
}

/** Finds what can be chosen; the text is what was typed, or empty for the first look. */
export type ChoiceSource = (search: string) => Promise<Choices>;

const mostShown = 200;
const pauseMilliseconds = 250;

/** A field to type into that offers what is known. Everything that is typed is taken: names may be older than the list. */
export function Combo(props: {
  label: string;
  /** Whether the label is read only by those who do not see where the field stands. */
  hideLabel?: boolean;
  value: string;
  /** Whether half a name is told too; else the name is told once it was chosen or left. */
  eager?: boolean;
  source: ChoiceSource;
  placeholder?: string;
  /** The part of the text that is looked for, and the text after a choice; where one text holds several values. */
  parts?: {
    readonly search: (text: string) => string;
    readonly put: (text: string, value: string) => string;
  };
  onChange: (value: string) => void;
}): ReactNode {
  const { t } = useConsole();
  const { onChange, parts, eager = true } = props;
  // What is being typed, where nobody is told yet.
  const [draft, setDraft] = useState<string>();
  const value = draft ?? props.value;
  const id = useId();
  const [open, setOpen] = useState(false);
  // Nothing typed since the field was entered: everything is offered, not what resembles the present value.
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(-1);
  const { choices, failure, busy } = useChoices(props.source, open, typed);
  const shown = matching(choices, typed);
  const close = () => {
    setDraft(undefined);
    setOpen(false);
    setTyped('');
    setActive(-1);
  };
  const leave = () => {
    if (draft !== undefined && draft !== props.value) {
      onChange(draft);
    }
    close();
  };
  const choose = (choice: Choice) => {
    onChange(parts ? parts.put(value, choice.value) : choice.value);
    close();
  };
  const keys = (event: KeyboardEvent) => {
    const chosen = shown[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setActive(Math.max(0, Math.min(shown.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && open && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Enter' && draft !== undefined) {
      event.preventDefault();
      leave();
    } else if (event.key === 'Escape' && open) {
      // Closes the list, not the panel around it.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className="field combo">
      <label htmlFor={id} className={props.hideLabel ? 'visually-hidden' : undefined}>
        {props.label}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] ? `${id}-${active}` : undefined}
        value={value}
        placeholder={props.placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
        onFocus={(event) => {
          event.target.select();
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={leave}
        onKeyDown={keys}
        onChange={(event) => {
          (eager ? onChange : setDraft)(event.target.value);
          setTyped(parts ? parts.search(event.target.value) : event.target.value);
          setActive(-1);
          setOpen(true);
        }}
      />
      <Icon name="choose" />
      {open && (
        <ChoiceList
          id={id}
          label={props.label}
          shown={shown}
          chosen={value}
          active={active}
          note={note(failure, busy, shown.length === 0, t)}
          onChoose={choose}
        />
      )}
    </div>
  );
}

function ChoiceList(props: {
  id: string;
  label: string;
  shown: readonly Choice[];
  chosen: string;
  active: number;
  note: string;
  onChoose: (choice: Choice) => void;
}): ReactNode {
  const { id, shown, active, note } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className="choices">
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={props.label} tabIndex={-1}>
        {shown.map((choice, index) => (
          <div
            key={choice.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={choice.value === props.chosen}
            className={index === active ? 'active' : undefined}
            title={choice.description || undefined}
            tabIndex={-1}
            // The field keeps the focus, so that a click is not a departure.
            onMouseDown={(event) => {
              event.preventDefault();
              props.onChoose(choice);
            }}
          >
            <span>{choice.label ?? choice.value}</span>
            {choice.hint && <small>{choice.hint}</small>}
            {choice.description && <small className="description">{choice.description}</small>}
          </div>
        ))}
      </div>
      {note && <p className="hint">{note}</p>}
    </div>
  );
}

function useChoices(
  source: ChoiceSource,
  open: boolean,
  typed: string,
): { choices: Choices | undefined; failure: unknown; busy: boolean } {
  const [found, setFound] = useState<{ source: ChoiceSource; choices?: Choices; failure?: unknown }>();
  // Names of another event are no answer to this question.
  const current = found?.source === source ? found : undefined;
  const search = current?.choices?.whole ? '' : typed;
  useEffect(() => {
    if (!open) {
      return;
    }
    let wanted = true;
    const look = () =>
      source(search).then(
        (choices) => wanted && setFound({ source, choices }),
        (failure: unknown) => wanted && setFound({ source, failure }),
      );
    const later = setTimeout(look, search ? pauseMilliseconds : 0);
    return () => {
      wanted = false;
      clearTimeout(later);
    };
  }, [source, open, search]);
  return { choices: current?.choices, failure: current?.failure, busy: current === undefined };
}

/** Those that contain what was typed, in any case. */
export function matching(choices: Choices | undefined, typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  const all = choices?.entries ?? [];
  const found = wanted
    ? all.filter((choice) => `${choice.value} ${choice.label ?? ''}`.toLowerCase().includes(wanted))
    : all;
  return found.slice(0, mostShown);
}

function note(failure: unknown, busy: boolean, none: boolean, t: ReturnType<typeof useConsole>['t']): string {
  if (failure !== undefined) {
    const hidden = failure instanceof Problem && failure.kind === 'failed-precondition';
    return t(hidden ? 'catalogue.valuesHidden' : 'catalogue.failed');
  }
  return busy ? t('app.loading') : none ? t('catalogue.none') : '';
}
