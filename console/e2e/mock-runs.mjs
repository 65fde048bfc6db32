/** Questions that take long: what they would read, and how far they are. */

const maxRows = 100_000_000;
const milliseconds = 6_000;
const runs = new Map();

/** A long range reads much, dates of long ago too much. */
function rowsOf({ scope }) {
  const { last, interval } = scope;
  const days = last
    ? last.count
    : (new Date(interval.end_time).getTime() - new Date(interval.start_time).getTime()) / 86_400_000;
  return Math.round(days >= 365 ? days * 181_000 : days * 2_917);
}

function told({ id, begun, query, cancelled }, result) {
  const rows = rowsOf(query);
  const share = Math.min(1, ((cancelled ?? Date.now()) - begun) / milliseconds);
  const state = cancelled ? 'CANCELLED' : share < 1 ? 'RUNNING' : 'DONE';
  return {
    run: {
      id,
      state: `ANALYSIS_RUN_STATE_${state}`,
      create_time: new Date(begun).toISOString(),
      rows: String(rows),
      rows_read: String(Math.round(share * rows)),
      ...(state === 'DONE' && { result: result(query) }),
    },
  };
}

export function runRoutes(result) {
  return [
    [
      'POST',
      /^analyses:estimate$/,
      ({ body }) => ({ rows: String(rowsOf(body.query)), max_rows: String(maxRows) }),
    ],
    [
      'POST',
      /^analysisRuns$/,
      ({ body }) => {
        const run = { id: `run-${runs.size + 1}`, begun: Date.now(), query: body.query };
        runs.set(run.id, run);
        return told(run, result);
      },
    ],
    ['GET', /^analysisRuns\/([^/:]+)$/, ({ id }) => runs.has(id) && told(runs.get(id), result)],
    [
      'POST',
      /^analysisRuns\/([^/:]+):cancel$/,
      ({ id }) => {
        const run = runs.get(id);
        run.cancelled ??= Date.now();
        return {};
      },
    ],
  ];
}
