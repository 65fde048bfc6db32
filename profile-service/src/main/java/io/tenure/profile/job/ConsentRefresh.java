package io.tenure.profile.job;

import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.consent.ConsentBoard;
import io.tenure.profile.domain.consent.ProfilingEnd;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Hears of what other processes wrote down about consent, and ends profiles that have to end. */
@Component
public class ConsentRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(ConsentRefresh.class);

  private final ConsentBoard board;
  private final ProfilingEnd end;
  private final AtomicBoolean ending = new AtomicBoolean();

  ConsentRefresh(ConsentBoard board, ProfilingEnd end) {
    this.board = board;
    this.end = end;
  }

  /** One after the other, since the scheduler never runs it twice at a time. */
  @Scheduled(fixedDelayString = "${tenure.profile.consent-refresh:1s}")
  void refresh() {
    try {
      board.readAll();
      board.refresh();
    } catch (Failure away) {
      LOG.debug("Consents were not read: {}", away.text());
    }
  }

  /** On a thread of its own: it may have to wait for its turn. */
  @Scheduled(fixedDelayString = "${tenure.profile.profiling-end-interval:5s}")
  void endProfiling() {
    if (ending.compareAndSet(false, true)) {
      Thread.ofVirtual().name("end-of-profiling").start(this::endAll);
    }
  }

  private void endAll() {
    try {
      end.run();
    } catch (Failure failure) {
      LOG.warn("Computed traits were not removed and will be: {}", failure.text(), failure);
    } catch (RuntimeException defect) {
      LOG.error("Removing computed traits failed", defect);
    } finally {
      ending.set(false);
    }
  }
}
