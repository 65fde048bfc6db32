package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.Identity.Link;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Accepted;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Item;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bytes of a record in the log: a version, a kind, the receive time, then the fields. Enums are
 * written by name, so that their order may change. A new version is added beside the old one, never
 * instead of it.
 */
final class RecordCodec {

  private static final byte FIRST = 1;

  /** Adds items, the time as sent, and ids taken from their user. */
  private static final byte SECOND = 2;

  /** Adds ids under keys of their own; only records that have some are written so. */
  private static final byte KEYED = 3;

  private static final byte EVENT = 1;
  private static final byte PROFILE_CHANGE = 2;
  private static final byte QUARANTINED = 3;
  private static final byte QUARANTINED_IN_CONTEXT = 4;
  private static final byte ITEM = 5;

  private RecordCodec() {}

  static byte[] encode(LogRecord record) {
    RecordOutput out = new RecordOutput();
    out.write(version(record));
    switch (record) {
      case Event event -> {
        out.write(EVENT);
        encode(event.source(), out);
        out.write(event.name());
        encode(event.properties(), out);
      }
      case ProfileChange change -> {
        out.write(PROFILE_CHANGE);
        encode(change.source(), out);
        out.writeCount(change.changes().size());
        for (TraitChange one : change.changes()) {
          out.write(one.operation().name());
          out.write(one.name());
          out.write(one.jsonValue());
        }
      }
      case Item item -> {
        out.write(ITEM);
        encode(item.source(), out);
        out.write(item.kind().name());
        out.write(item.type());
        out.write(item.itemId());
        out.write((byte) (item.deleted() ? 1 : 0));
        encode(item.properties(), out);
      }
      case Quarantined aside -> {
        out.write(QUARANTINED_IN_CONTEXT);
        out.write(aside.receiveTime());
        out.write(aside.project().value());
        out.write(aside.dialect().name());
        out.write(aside.reason().name());
        out.write(aside.detail());
        out.write(aside.original());
        encode(aside.context(), out);
      }
    }
    return out.toBytes();
  }

  /**
   * The record of some bytes.
   *
   * @throws IllegalStateException when they are no record
   */
  static LogRecord decode(byte[] bytes) {
    return decode(bytes, new KnownTexts());
  }

  /**
   * The record of some bytes.
   *
   * @param known texts of other records, of which it may hold the same
   */
  static LogRecord decode(byte[] bytes, KnownTexts known) {
    try {
      return read(bytes, known);
    } catch (BufferUnderflowException | IllegalArgumentException notOurs) {
      throw new IllegalStateException("The log holds a record that can't be read", notOurs);
    }
  }

  private static LogRecord read(byte[] bytes, KnownTexts known) {
    RecordInput in = new RecordInput(bytes, known);
    byte version = in.readByte();
    if (version < FIRST || version > KEYED) {
      throw new IllegalStateException("The log holds a record of unknown version " + version);
    }
    byte kind = in.readByte();
    return switch (kind) {
      case EVENT -> decodeEvent(version, in);
      case PROFILE_CHANGE -> decodeChange(version, in);
      case ITEM -> decodeItem(version, in);
      case QUARANTINED -> decodeQuarantined(in, false);
      case QUARANTINED_IN_CONTEXT -> decodeQuarantined(in, true);
      default -> throw new IllegalStateException("The log holds a record of unknown kind " + kind);
    };
  }

  private static byte version(LogRecord record) {
    return record instanceof Accepted accepted && !accepted.source().identity().keyed().isEmpty()
        ? KEYED
        : SECOND;
  }

  /** The lane alone, from the first two bytes. */
  static Reader.Lane lane(byte[] bytes) {
    return bytes[1] == QUARANTINED || bytes[1] == QUARANTINED_IN_CONTEXT
        ? Reader.Lane.QUARANTINED
        : Reader.Lane.ACCEPTED;
  }

  /** The receive time alone. */
  static Instant receiveTime(byte[] bytes) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong(2));
  }

  private static void encode(Source source, RecordOutput out) {
    out.write(source.receiveTime());
    out.write(source.project().value());
    out.write(source.eventId().value());
    out.write(source.identity().loginId());
    out.write(source.identity().anonymousId());
    out.write(link(source.identity().link()));
    out.write(source.eventTime());
    out.write(source.originalTime());
    out.write(source.library());
    List<KeyedId> keyed = source.identity().keyed();
    if (!keyed.isEmpty()) {
      out.writeCount(keyed.size());
      for (KeyedId id : keyed) {
        out.write(id.key());
        out.write(id.value());
      }
    }
  }

  private static void encode(Map<String, String> properties, RecordOutput out) {
    out.writeCount(properties.size());
    properties.forEach(
        (name, value) -> {
          out.write(name);
          out.write(value);
        });
  }

  private static byte link(Link link) {
    return switch (link) {
      case NONE -> 0;
      case BIND -> 1;
      case UNBIND -> 2;
    };
  }

  private static Link link(byte code) {
    return switch (code) {
      case 0 -> Link.NONE;
      case 1 -> Link.BIND;
      case 2 -> Link.UNBIND;
      default -> throw new IllegalStateException("The log holds an unknown link " + code);
    };
  }

  private static Source decodeSource(byte version, RecordInput in) {
    Instant receiveTime = in.readTime();
    ProjectId project = new ProjectId(in.readText());
    EventId id = new EventId(in.readText());
    Identity identity = new Identity(in.readText(), in.readText(), link(in.readByte()));
    Instant eventTime = in.readTime();
    Instant originalTime = version == FIRST ? eventTime : in.readTime();
    String library = in.readText();
    if (version >= KEYED) {
      identity = identity.with(decodeKeyed(in));
    }
    return new Source(project, id, identity, eventTime, originalTime, receiveTime, library);
  }

  private static List<KeyedId> decodeKeyed(RecordInput in) {
    int count = in.readCount();
    List<KeyedId> keyed = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keyed.add(new KeyedId(in.readText(), in.readText()));
    }
    return keyed;
  }

  private static Event decodeEvent(byte version, RecordInput in) {
    return new Event(decodeSource(version, in), in.readText(), decodeProperties(in));
  }

  private static Item decodeItem(byte version, RecordInput in) {
    return new Item(
        decodeSource(version, in),
        Item.Kind.valueOf(in.readText()),
        in.readText(),
        in.readText(),
        in.readByte() == 1,
        decodeProperties(in));
  }

  private static Map<String, String> decodeProperties(RecordInput in) {
    int count = in.readCount();
    String[] texts = new String[2 * count];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readText();
    }
    return new Pairs(texts);
  }

  private static ProfileChange decodeChange(byte version, RecordInput in) {
    Source source = decodeSource(version, in);
    int count = in.readCount();
    List<TraitChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(
          new TraitChange(
              TraitChange.Operation.valueOf(in.readText()), in.readText(), in.readText()));
    }
    return new ProfileChange(source, changes);
  }

  private static void encode(QuarantineContext context, RecordOutput out) {
    out.write(context.address());
    out.write(context.userAgent());
    out.write((byte) (context.retry() ? 1 : 0));
    out.writeCount(context.otherProjects().size());
    context.otherProjects().forEach(out::write);
    out.write(context.shared());
    out.write(context.eventName());
    out.write(context.library());
  }

  private static QuarantineContext decodeContext(RecordInput in) {
    String address = in.readText();
    String userAgent = in.readText();
    boolean retry = in.readByte() == 1;
    int count = in.readCount();
    Set<String> projects = HashSet.newHashSet(count);
    for (int i = 0; i < count; i++) {
      projects.add(in.readText());
    }
    return new QuarantineContext(
        address, userAgent, retry, projects, in.readText(), in.readText(), in.readText());
  }

  private static Quarantined decodeQuarantined(RecordInput in, boolean inContext) {
    Instant receiveTime = in.readTime();
    return new Quarantined(
        new ProjectId(in.readText()),
        receiveTime,
        Dialect.valueOf(in.readText()),
        reason(in.readText()),
        in.readText(),
        in.readBytes(),
        inContext ? decodeContext(in) : QuarantineContext.UNKNOWN);
  }

  /** A log may still hold reasons that no longer occur. */
  private static QuarantineReason reason(String name) {
    return switch (name) {
      case "ITEM_NOT_SUPPORTED_YET", "UNBIND_NOT_SUPPORTED_YET" -> QuarantineReason.TYPE_UNKNOWN;
      default -> QuarantineReason.valueOf(name);
    };
  }
}
