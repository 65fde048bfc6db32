import type { ReactNode } from 'react';

/** A share with its confidence interval on a scale from 0 to 1, beside a share to compare it with. */
export function IntervalBar(props: {
  value: number;
  low: number;
  high: number;
  reference: number;
  label: string;
}): ReactNode {
  const { value, low, high, reference, label } = props;
  const at = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <div className="interval" role="img" aria-label={label}>
      <span className="interval-range" style={{ left: at(low), width: at(high - low) }} />
      <span className="interval-reference" style={{ left: at(reference) }} />
      <span className="interval-value" style={{ left: at(value) }} />
    </div>
  );
}
