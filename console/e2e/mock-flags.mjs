/** Flags with their revisions, decided the way the service decides them as far as the walk asks. */

const flags = new Map();
let revisions = 0;
const hour = 3_600_000;
const iso = (milliseconds) => new Date(milliseconds).toISOString();

export function keepFlag(value) {
  revisions += 1;
  const now = iso(Date.now() - 5 * hour);
  const whole = { create_time: now, ...value, update_time: now, etag: `"f${revisions}"` };
  flags.set(value.key, whole);
  return { flag: whole };
}

export const flagOf = (key) => flags.get(key);

const all = (variant) => ({ shares: [{ variant, weight: 10_000 }] });
const onOff = [
  { name: 'off', value: false },
  { name: 'on', value: true },
];

keepFlag({
  key: 'big-button',
  display_name: 'Big transfer button',
  description: 'The button on the home screen, in two sizes and a colour',
  enabled: true,
  off_variant: 'small',
  variants: [
    { name: 'small', value: 'small' },
    { name: 'big', value: 'big' },
    { name: 'green', value: { size: 'big', colour: '#1c7a43' } },
  ],
  forced: [{ unit_type: 'UNIT_TYPE_USER', variants: { 'tester-1': 'big', 'tester-2': 'green' } }],
  rules: [
    {
      name: 'staff',
      condition: {
        any: {
          conditions: [
            { segment: { segment_id: 'gold-or-city' } },
            { trait: { name: 'tier', operator: 'OPERATOR_EQUAL', values: ['staff', 'friend'] } },
          ],
        },
      },
      allocation: all('big'),
    },
    { name: 'test', experiment: 'big-button-test' },
    {
      name: 'payday',
      start_time: iso(Date.now() - 24 * hour),
      end_time: iso(Date.now() + 48 * hour),
      prerequisites: [{ flag_key: 'new-home', variants: ['on'] }],
      allocation: {
        shares: [
          { variant: 'small', weight: 5_000 },
          { variant: 'big', weight: 5_000 },
        ],
      },
    },
  ],
  fallthrough: all('small'),
});
keepFlag({
  key: 'new-home',
  display_name: 'New home screen',
  enabled: true,
  off_variant: 'off',
  variants: onOff,
  fallthrough: all('on'),
  unit_type: 'UNIT_TYPE_DEVICE',
});
keepFlag({
  key: 'loan-offer',
  display_name: '贷款推荐位',
  description: 'Imported with its units',
  enabled: false,
  off_variant: 'off',
  variants: onOff,
  rules: [
    {
      name: 'kept',
      split: {
        key: 'loan-offer',
        gates: [
          {
            enrolment: {
              dealing: { unit_type: 'UNIT_TYPE_USER', hashing: 'HASHING_EPPO', salt: 's', buckets: '10000' },
              stages: [{ enrolled: { from: '0', to: '5000' } }],
            },
          },
        ],
        arms: ['off', 'on'].map((variant, index) => ({
          variant,
          places: [
            {
              dealing: { unit_type: 'UNIT_TYPE_USER', hashing: 'HASHING_EPPO', salt: 't', buckets: '10000' },
              stretches: [{ from: String(index * 5_000), to: String(index * 5_000 + 5_000) }],
            },
          ],
        })),
      },
    },
  ],
  fallthrough: all('off'),
});
for (let index = 0; index < 60; index += 1) {
  keepFlag({
    key: `module-${String(index).padStart(2, '0')}`,
    enabled: index % 3 !== 0,
    off_variant: 'off',
    variants: onOff,
    fallthrough: all('on'),
  });
}

/** Every kind of step once, for whoever is asked about. */
function explain(key, { targeting_key, context = {} }) {
  const flag = flags.get(key);
  if (!flag.enabled) {
    return told(flag, flag.off_variant, 'REASON_DISABLED', '', [{ disabled: {} }]);
  }
  const listed = flag.forced?.[0]?.variants[targeting_key];
  if (listed) {
    return told(flag, listed, 'REASON_TARGETING_MATCH', '', [
      { on_list: { unit_type: 'UNIT_TYPE_USER', variant: listed } },
    ]);
  }
  if (!flag.rules?.some((rule) => rule.experiment)) {
    return told(flag, flag.fallthrough.shares[0].variant, 'REASON_STATIC', '', []);
  }
  if (context.tier === 'staff') {
    return told(flag, 'big', 'REASON_TARGETING_MATCH', 'staff', [
      { rule: 'staff', matched: { holds: true } },
    ]);
  }
  const bucket = [...targeting_key].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 4_294_967_296,
    7,
  );
  const variant = bucket % 2 === 0 ? 'small' : 'big';
  return told(
    flag,
    variant,
    'REASON_SPLIT',
    'test',
    [
      { rule: 'staff', matched: {} },
      {
        rule: 'test',
        gated: { gate: 'GATE_KIND_HOLDOUT', name: 'all-2026', bucket: '3104955042', passed: true },
      },
      { rule: 'test', gated: { gate: 'GATE_KIND_ENROLMENT', bucket: '402653184', passed: true } },
      { rule: 'test', dealt: { bucket: String(bucket), variant } },
    ],
    'big-button-test',
  );
}

function told(flag, variant, reason, rule, steps, experiment = '') {
  const { value } = flag.variants.find(({ name }) => name === variant);
  return { evaluation: { flag_key: flag.key, value, variant, reason, rule, experiment }, steps };
}

const comparesVersions = (targeting) => JSON.stringify(targeting ?? {}).includes('sem_ver');

/** Reads a flagd definition by its defaults; comparing versions stands for what cannot be kept. */
function imported({ format, document, dry_run }) {
  let definition;
  try {
    definition = JSON.parse(document);
  } catch {
    return { problem: [400, 'Invalid request', 'The document is no JSON.', 'invalid-argument'] };
  }
  if (format !== 'IMPORT_FORMAT_FLAGD' || typeof definition.flags !== 'object') {
    return { problem: [400, 'Invalid request', 'The document is of another kind.', 'invalid-argument'] };
  }
  const entries = Object.entries(definition.flags);
  const taken = entries
    .filter(([, { targeting }]) => !comparesVersions(targeting))
    .map(([key, { state, variants, defaultVariant }]) => ({
      key,
      enabled: state === 'ENABLED',
      off_variant: defaultVariant,
      variants: Object.entries(variants).map(([name, value]) => ({ name, value })),
      fallthrough: all(defaultVariant),
    }));
  if (!dry_run) {
    taken.forEach(keepFlag);
  }
  return {
    flags: taken,
    premises: taken.map(({ key }) => ({
      flag_key: key,
      attributes: ['age'],
      kinds: ['number', 'boolean', 'absent'],
    })),
    refusals: entries
      .filter(([, { targeting }]) => comparesVersions(targeting))
      .map(([flag_key]) => ({
        flag_key,
        path: `flags.${flag_key}.targeting`,
        reason: 'The condition language cannot compare versions',
      })),
  };
}

const missing = { problem: [404, 'Not found', 'There is no such flag.', 'not-found'] };

/** A flag that something waits for stays. */
function remove(key) {
  const waiting = [...flags.values()].find((flag) =>
    flag.rules?.some((rule) => rule.prerequisites?.some((each) => each.flag_key === key)),
  );
  if (waiting) {
    const detail = `The flag '${waiting.key}' waits for it`;
    return { problem: [409, 'Not possible now', detail, 'failed-precondition'] };
  }
  return flags.delete(key) ? {} : missing;
}

function update(key, body) {
  const current = flags.get(key);
  if (!current) {
    return missing;
  }
  return body.etag && body.etag !== current.etag
    ? { problem: [409, 'Changed in between', 'Somebody else changed it', 'aborted'] }
    : keepFlag(body);
}

export const flagRoutes = [
  ['GET', /^flags$/, () => ({ flags: [...flags.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) })],
  ['GET', /^flags\/([^/:]+)$/, ({ id }) => (flags.has(id) ? { flag: flags.get(id) } : missing)],
  ['PUT', /^flags\/([^/:]+)$/, ({ id, body }) => update(id, body)],
  ['DELETE', /^flags\/([^/:]+)$/, ({ id }) => remove(id)],
  ['POST', /^flags:import$/, ({ body }) => imported(body)],
  ['POST', /^flags\/([^/:]+):explain$/, ({ id, body }) => (flags.has(id) ? explain(id, body) : missing)],
];
