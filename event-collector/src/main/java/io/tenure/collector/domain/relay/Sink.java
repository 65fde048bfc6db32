package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Withheld;

/**
 * Where records go. Each sink reads the log at its own pace, so that a slow or broken one holds up
 * nobody else.
 */
public interface Sink {

  /** Its cursor and which records it takes. */
  Reader reader();

  /**
   * Takes a batch as a whole; the same batch again is harmless. It may hold no records.
   *
   * @return what must not be stored and was not
   * @throws DeliveryRefused when some records can never be taken; nothing of the batch may have
   *     been stored then under the batch's token
   * @throws io.tenure.platform.failure.Failure when it should be tried again later
   */
  Withheld deliver(Batch batch);
}
