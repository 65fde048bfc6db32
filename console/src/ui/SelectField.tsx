import type { ReactNode } from 'react';

/** One of several, under its label. */
export function SelectField<Value extends string>(props: {
  label: string;
  value: Value;
  choices: readonly { readonly value: Value; readonly label: string }[];
  testId?: string;
  onChange: (value: Value) => void;
}): ReactNode {
  const { label, value, choices, testId, onChange } = props;
  return (
    <label className="field">
      <span>{label}</span>
      <select
        value={value}
        data-testid={testId}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.target.value);
          if (chosen) {
            onChange(chosen.value);
          }
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
