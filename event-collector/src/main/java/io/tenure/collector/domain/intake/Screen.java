package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.Verdict;
import java.util.Optional;

/**
 * Looks at a record before anything else does, be it readable or not, because whatever comes later
 * may keep it in quarantine.
 */
public interface Screen {

  /** Lets everything pass. */
  Screen OPEN =
      new Screen() {
        @Override
        public Optional<Verdict.Refuse> judge(Draft draft) {
          return Optional.empty();
        }

        @Override
        public Draft masked(Draft draft) {
          return draft;
        }
      };

  /** Why the record must not be kept anywhere, or empty when it may be. */
  Optional<Verdict.Refuse> judge(Draft draft);

  /** What may be shown of a refused record. */
  Draft masked(Draft draft);
}
