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
        public Look look() {
          return draft -> Optional.empty();
        }

        @Override
        public Draft masked(Draft draft) {
          return draft;
        }
      };

  /** A look at the records of one request, which share a good part of their content. */
  @FunctionalInterface
  interface Look {
    /** Why the record must not be kept anywhere, or empty when it may be. */
    Optional<Verdict.Refuse> judge(Draft draft);
  }

  /** Begins with a request. */
  Look look();

  /** What may be shown of a refused record. */
  Draft masked(Draft draft);
}
