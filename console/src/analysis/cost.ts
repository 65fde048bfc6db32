import type { Estimate } from '../api/analyses';

/** How a question is asked, given what it would read: at once, only when confirmed, or not at all. */
export type Cost = 'small' | 'large' | 'refused';

/** From here on people may rather not wait: some seconds on a small machine. */
export const largeRows = 20_000_000;

export function costOf({ rows, maxRows }: Estimate): Cost {
  if (maxRows > 0 && rows > maxRows) {
    return 'refused';
  }
  return rows >= largeRows ? 'large' : 'small';
}
