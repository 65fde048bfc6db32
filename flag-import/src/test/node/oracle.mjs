// Decides flags by the peers' own evaluators: reads questions from the standard input, writes answers to the standard output.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

process.env.NODE_ENV = 'production';
console.error = console.warn = console.debug = console.info = () => {};

const require = createRequire(import.meta.url);

function growthBookSays(options, key) {
  const { GrowthBook } = require('@growthbook/growthbook');
  const growthbook = new GrowthBook(options);
  const result = growthbook.evalFeature(key);
  growthbook.destroy();
  return {
    value: result.value,
    experiment: result.source === 'experiment' ? result.experiment.key : null,
    variation: result.source === 'experiment' ? result.experimentResult.key : null,
  };
}

const peers = {
  growthbook(document, now) {
    return (attributes, key) => growthBookSays({ features: document.features, savedGroups: document.savedGroups, attributes }, key);
  },

  // Documents that follow each other; a key is one of them, a feature of it and a subject. What was dealt is known when the next is asked.
  growthbookSticky(document, now) {
    const stickyBucketAssignmentDocs = {};
    const stickyBucketService = {
      getAllAssignments: async () => stickyBucketAssignmentDocs,
      saveAssignments: async () => {},
    };
    return (nobody, key) => {
      const [step, feature, subject] = key.split('/');
      const { features } = document.steps[step];
      const attributes = document.subjects[subject];
      return growthBookSays({ features, attributes, stickyBucketService, stickyBucketAssignmentDocs }, feature);
    };
  },

  unleash(document, now) {
    const Client = require('unleash-client/lib/client').default;
    const { defaultStrategies } = require('unleash-client/lib/strategy');
    const repository = {
      getToggle: (name) => document.features.find((feature) => feature.name === name),
      getSegment: (id) => (document.segments ?? []).find((segment) => segment.id === id),
    };
    const client = new Client(repository, defaultStrategies);
    return (attributes, key) => {
      const context = { currentTime: new Date(now), ...attributes };
      const variant = client.getVariant(key, context);
      return { enabled: client.isEnabled(key, context, () => false), variant: variant.enabled ? variant.name : null };
    };
  },

  flagd(document, now) {
    const { FlagdCore } = require('@openfeature/flagd-core');
    const silent = { error() {}, warn() {}, info() {}, debug() {} };
    const core = new FlagdCore(undefined, silent);
    core.setConfigurations(JSON.stringify(document));
    return (attributes, key) => {
      const flag = core.getFlag(key);
      if (flag.state === 'DISABLED') return { value: null, variant: null };
      const result = flag.evaluate(attributes, silent);
      return result.value === undefined
        ? { value: null, variant: null, error: result.errorMessage ?? null }
        : { value: result.value, variant: result.variant };
    };
  },

  eppo(document, now) {
    const { Evaluator } = require('./node_modules/@eppo/js-client-sdk-common/dist/evaluator.js');
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...given) {
        super(...(given.length ? given : [now]));
      }
    };
    const evaluator = new Evaluator();
    const details = { configEnvironment: { name: 'test' }, configFetchedAt: '', configPublishedAt: '', configFormat: 'SERVER' };
    return (attributes, key) => {
      const { id, ...others } = attributes;
      const flag = document.flags[key];
      let result;
      try {
        result = evaluator.evaluateFlag(flag, details, id, others, false, flag.variationType);
      } catch {
        // The client that an app uses turns this into the app's own default.
        return { variation: null, allocation: null, doLog: false };
      }
      const failed = result.flagEvaluationDetails.flagEvaluationCode === 'ASSIGNMENT_ERROR';
      if (failed || !result.variation) return { variation: null, allocation: null, doLog: false };
      return { variation: result.variation.key, allocation: result.allocationKey, doLog: result.doLog };
    };
  },
};

const { peer, questions } = JSON.parse(readFileSync(0, 'utf8'));
const answers = questions.map(({ document, keys, subjects, now }) => {
  const decide = peers[peer](document, now);
  return subjects.map((attributes) => keys.map((key) => decide(attributes, key)));
});
process.stdout.write(JSON.stringify(answers));
