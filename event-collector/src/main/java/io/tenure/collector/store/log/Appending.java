package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The records of one request on their way into the log; encoded by the request's own thread. */
final class Appending implements Operation<Receipt> {

  private final Submission submission;
  private final List<Fingerprint> fingerprints;
  private final List<byte[]> keys;
  private final List<byte[]> encoded;
  private final long bytes;

  Appending(Submission submission) {
    int count = submission.records().size();
    this.submission = submission;
    this.fingerprints = new ArrayList<>(count);
    this.keys = new ArrayList<>(count);
    this.encoded = new ArrayList<>(count);
    long size = 0;
    for (LogRecord record : submission.records()) {
      Fingerprint fingerprint = record.fingerprint();
      byte[] content = RecordCodec.encode(record);
      fingerprints.add(fingerprint);
      keys.add(fingerprint.bytes());
      encoded.add(content);
      size += content.length;
    }
    this.bytes = size;
  }

  @Override
  public List<byte[]> fingerprints() {
    return keys;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public boolean takesRoom() {
    return true;
  }

  @Override
  public Receipt prepare(OpenLog log, LogWrite write) {
    ReceiptBuilder receipt = new ReceiptBuilder(submission, write.counts, write.minutes);
    for (int i = 0; i < encoded.size(); i++) {
      LogRecord record = submission.records().get(i);
      boolean known = write.wasSeen();
      if (known || !write.isFirst(fingerprints.get(i))) {
        receipt.duplicate(record);
      } else {
        write.add(keys.get(i), encoded.get(i));
        receipt.kept(record);
      }
    }
    write.mustLast();
    return receipt.build(Instant.ofEpochMilli(write.time));
  }
}
