import type { ReactNode, TextareaHTMLAttributes } from 'react';

/** A field of several lines under its label. */
export function TextField({
  label,
  onChange,
  ...input
}: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {
  label: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <textarea {...input} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
