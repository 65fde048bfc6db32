/** What the made-up bank can be asked about. */

const properties = [
  {
    name: 'amount',
    share: 0.31,
    description: 'Amount in yuan',
    of: ['Transfer', 'Deposit', 'RepayLoan', 'BuyProduct'],
  },
  { name: 'channel', share: 0.98, description: 'App, web or branch' },
  { name: 'city', share: 0.92 },
  { name: 'balance', share: 0.64, values_hidden: true, description: 'Balance after the event' },
  { name: 'product', share: 0.22, of: ['ViewProduct', 'BuyProduct'] },
  { name: 'utm_source', share: 0.11 },
  { name: 'campaign_code_of_the_partner_bank_in_the_original_contract', share: 0.02 },
  { name: 'card_last_four', share: 0, planned: true, values_hidden: true },
];
const values = {
  channel: ['app', 'web', 'branch', 'wechat'],
  city: ['Shanghai', '杭州', '北京, 朝阳', 'Shenzhen'],
  product: ['gold-card', 'money-fund', 'mortgage'],
};
const contains = (text, search) => text.toLowerCase().includes((search ?? '').toLowerCase());

export function catalogueRoutes(names) {
  const events = [
    ...names.map((event) => ({ ...event, planned: true })),
    { name: 'CloseAccount', events: '0', users: '0', planned: true, description: 'The customer leaves' },
  ];
  const traits = [
    ['tier', 4_102],
    ['city', 3_988],
    ['register_channel', 3_512],
    ['balance', 2_004],
  ].map(([name, count]) => ({ scope: 'SCOPE_TRAIT', name, count: String(count) }));
  const computed = ['payday_day', 'login_rhythm'].map((name) => ({ id: name, traits: [name] }));
  return [
    ['GET', /^catalogue$/, () => ({ names: traits })],
    ['GET', /^computedTraits$/, () => ({ computed_traits: computed })],
    [
      'GET',
      /^catalogue\/events$/,
      ({ search }) => {
        const found = events.filter((event) => contains(event.name, search.get('search')));
        return { events: found, total_size: String(found.length) };
      },
    ],
    [
      'GET',
      /^catalogue\/properties$/,
      ({ search }) => {
        const event = search.get('event');
        const found = properties.filter(
          ({ name, of }) => contains(name, search.get('search')) && (!event || !of || of.includes(event)),
        );
        return {
          properties: found.map(({ of, ...property }) => ({
            ...property,
            events: String(Math.round(property.share * 170_000)),
          })),
          sample: { per_mille: 1000, events: '170000' },
          total_size: String(found.length),
        };
      },
    ],
    [
      'GET',
      /^catalogue\/values$/,
      ({ search }) => {
        const name = search.get('property');
        if (properties.find((property) => property.name === name)?.values_hidden) {
          const detail = 'Values of class C2 or C3 are not shown in the catalogue';
          return { problem: [409, 'Not possible now', detail, 'failed-precondition'] };
        }
        const found = (values[name] ?? []).filter((value) => contains(value, search.get('search')));
        return { values: found.map((value, index) => ({ value, events: String(9_000 >> index) })) };
      },
    ],
  ];
}
