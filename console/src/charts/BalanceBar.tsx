import type { ReactNode } from 'react';
import { useConsole } from '../app/context';

export interface Part {
  readonly label: string;
  readonly value: number;
  /** Names the colour, see charts.css. */
  readonly tone: string;
}

/** Parts of a whole as one bar with its legend. Every part that exists is at least a sliver wide. */
export function BalanceBar({ title, parts }: { title: string; parts: readonly Part[] }): ReactNode {
  const { format } = useConsole();
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <figure className="balance">
      <figcaption>{title}</figcaption>
      <div className="balance-bar" aria-hidden="true">
        {parts
          .filter((part) => part.value > 0)
          .map((part) => (
            <span key={part.label} className={`tone-${part.tone}`} style={{ flexGrow: part.value }} />
          ))}
      </div>
      <ul className="legend">
        {parts.map((part) => (
          <li key={part.label}>
            <i className={`swatch tone-${part.tone}`} />
            <span className="legend-label">{part.label}</span>
            <b>{format.count(part.value)}</b>
            <span className="hint">{format.share(whole > 0 ? part.value / whole : 0)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
