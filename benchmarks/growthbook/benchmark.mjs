// Decides the flags of io.tenure.benchmarks.flag.Evaluator by GrowthBook's SDK and prints what it decided and what a call costs.
import { readFileSync } from "node:fs";
import { GrowthBookClient } from "@growthbook/growthbook";

const USERS = 4096;
const WARM_UPS = 5;
const MEASUREMENTS = 10;
const SECOND = 1_000_000_000n;

const client = new GrowthBookClient().initSync({
  payload: {
    features: {
      "night-mode": { defaultValue: true },
      "new-transfer-page": {
        defaultValue: "c",
        rules: [
          {
            condition: { age: { $lt: 30 }, city: "Brno" },
            key: "new-transfer-page",
            variations: ["a", "b", "c"],
            weights: [0.3333, 0.3333, 0.3334],
            hashAttribute: "id",
            hashVersion: 2,
          },
        ],
      },
    },
  },
});

const user = (index) => ({
  attributes: { id: `customer-${index * 7919}`, age: index < USERS ? 27 : 40, city: "Brno" },
});
const users = Array.from({ length: 2 * USERS }, (_, index) => user(index));

function counts(from) {
  const counts = {};
  for (let i = from; i < from + USERS; i++) {
    const { value } = client.evalFeature("new-transfer-page", users[i]);
    counts[value] = (counts[value] ?? 0) + 1;
    if (client.evalFeature("night-mode", users[i]).on !== true) throw new Error("the plain flag is off");
  }
  return counts;
}

let sink = 0;

function second(flag) {
  const start = process.hrtime.bigint();
  let calls = 0;
  let elapsed = 0n;
  do {
    for (let i = 0; i < USERS; i++) sink += client.evalFeature(flag, users[i]).on ? 1 : 0;
    calls += USERS;
    elapsed = process.hrtime.bigint() - start;
  } while (elapsed < SECOND);
  return Number(elapsed) / calls;
}

function time(flag) {
  for (let i = 0; i < WARM_UPS; i++) second(flag);
  const times = Array.from({ length: MEASUREMENTS }, () => second(flag));
  const mean = times.reduce((sum, x) => sum + x, 0) / times.length;
  const variance = times.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (times.length - 1);
  return { mean, error: Math.sqrt(variance / times.length) };
}

const dealt = counts(0);
const others = counts(USERS);
const { version } = JSON.parse(readFileSync(new URL("node_modules/@growthbook/growthbook/package.json", import.meta.url)));
const result = { version, dealt, others, plain: time("night-mode"), split: time("new-transfer-page"), sink };
console.log(JSON.stringify(result));
