package io.tenure.profile.domain.export;

import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything about a person as one JSON document, written as it is read. The summary comes last and
 * only it says {@code "complete":true}: a document that was cut off anywhere is not even valid
 * JSON.
 */
public final class Document {

  private static final int SCHEMA_VERSION = 1;
  private static final int PART = 64 * 1024;

  private final Sink sink;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Set<String> remarks = new LinkedHashSet<>();
  private String section = "";
  private long size;

  /** A document that goes to the given sink. */
  Document(Sink sink) {
    this.sink = sink;
  }

  void begin(String exportId, Person person) {
    text.append("{\"schema_version\":").append(SCHEMA_VERSION).append(",\"header\":");
    text.append(
        new JsonRecord()
            .put("export_id", exportId)
            .put("project_id", person.project().value())
            .put("ask_time", person.askTime())
            .put("person", ids(person))
            .text());
    text.append(",\n\"sections\":{");
  }

  private static JsonRecord ids(Person person) {
    List<Profile> profiles = person.profiles();
    Set<String> logins = new LinkedHashSet<>();
    Set<String> devices = new LinkedHashSet<>();
    Set<KeyedId> keyed = new LinkedHashSet<>();
    for (Profile profile : profiles) {
      if (!profile.loginId().isEmpty()) {
        logins.add(profile.loginId());
      }
      logins.addAll(profile.merging().otherLoginIds());
      devices.addAll(profile.anonymousIds());
      keyed.addAll(profile.identities());
    }
    return new JsonRecord()
        .put("user_number", person.numbers().getFirst())
        .put("user_numbers", person.numbers())
        .put("login_ids", logins)
        .put("anonymous_ids", devices)
        .putAll(
            "identities",
            keyed.stream()
                .map(id -> new JsonRecord().put("key", id.key()).put("value", id.value()))
                .toList());
  }

  /**
   * What follows belongs to this section, until the next is named; naming it again changes nothing.
   *
   * @throws IllegalStateException when another section came in between
   */
  public void section(String name) {
    if (name.equals(section)) {
      return;
    }
    if (counts.putIfAbsent(name, 0L) != null) {
      throw new IllegalStateException("A section is written at once");
    }
    text.append(section.isEmpty() ? "\n\"" : "\n],\n\"").append(name).append("\":[");
    section = name;
  }

  /** Writes a JSON object into the section. */
  public void record(String json) {
    boolean first = counts.merge(section, 1L, Long::sum) == 1;
    text.append(first ? "\n" : ",\n").append(json);
    if (text.length() >= PART) {
      flush();
    }
  }

  /** Says what can't be handed over, and why; without personal data. */
  public void remark(String remark) {
    remarks.add(remark);
  }

  void end(Instant endTime) {
    text.append(section.isEmpty() ? "},\n\"summary\":" : "\n]},\n\"summary\":");
    text.append(
        new JsonRecord()
            .put("counts", counts)
            .put("remarks", List.copyOf(remarks))
            .put("end_time", endTime)
            .put("complete", true)
            .text());
    text.append("}\n");
    flush();
  }

  /** A large record goes in several parts. */
  private void flush() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    for (int start = 0; start < bytes.length; start += PART) {
      int end = Math.min(start + PART, bytes.length);
      sink.write(Arrays.copyOfRange(bytes, start, end));
      size += end - start;
    }
  }

  /** Records by section. */
  Map<String, Long> counts() {
    return counts;
  }

  /** Bytes the sink took. */
  long size() {
    return size;
  }
}
