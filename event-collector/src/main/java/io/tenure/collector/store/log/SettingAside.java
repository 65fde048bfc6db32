package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes records out of their place and appends others instead, so that at every moment, after a
 * crash too, each is in exactly one place and counted once.
 */
final class SettingAside implements Operation<Boolean> {

  private final Map<Long, LogRecord.Quarantined> replacements;
  private final Map<Long, LogRecord> originals = new TreeMap<>();
  private final List<byte[]> keys = new ArrayList<>();

  SettingAside(Batch batch, Map<Long, LogRecord.Quarantined> replacements) {
    this.replacements = new TreeMap<>(replacements);
    for (Batch.Entry entry : batch.entries()) {
      if (replacements.containsKey(entry.offset())) {
        originals.put(entry.offset(), entry.record());
      }
    }
    if (originals.size() != replacements.size()) {
      throw new IllegalArgumentException("Only records of the batch can be set aside");
    }
    this.replacements.values().forEach(replacement -> keys.add(replacement.fingerprint().bytes()));
  }

  @Override
  public List<byte[]> fingerprints() {
    return keys;
  }

  @Override
  public Boolean prepare(OpenLog log, LogWrite write) {
    int index = 0;
    for (Map.Entry<Long, LogRecord.Quarantined> entry : replacements.entrySet()) {
      @Nullable LogRecord original = originals.get(entry.getKey());
      if (original != null) {
        takeOut(entry.getKey(), original, write);
      }
      append(entry.getValue(), keys.get(index++), write);
    }
    return true;
  }

  private static void takeOut(long offset, LogRecord original, LogWrite write) {
    write.remove(offset, original.fingerprint().bytes());
    write.counts.accepted(original.project(), -1);
    write.minutes.add(original.project(), original.receiveTime(), MinuteTally.Count.ACCEPTED, -1);
    if (original instanceof LogRecord.Event) {
      write.minutes.add(original.project(), original.receiveTime(), MinuteTally.Count.EVENTS, -1);
    }
  }

  private static void append(LogRecord.Quarantined aside, byte[] key, LogWrite write) {
    Fingerprint fingerprint = aside.fingerprint();
    boolean known = write.wasSeen();
    MinuteTally.Count count = MinuteTally.Count.QUARANTINED;
    if (known || !write.isFirst(fingerprint)) {
      count = MinuteTally.Count.DUPLICATE;
      write.counts.duplicate(aside.project(), 1);
    } else {
      write.add(key, RecordCodec.encode(aside));
      write.counts.quarantined(aside.project(), aside.reason(), 1);
    }
    write.minutes.add(aside.project(), aside.receiveTime(), count, 1);
  }
}
