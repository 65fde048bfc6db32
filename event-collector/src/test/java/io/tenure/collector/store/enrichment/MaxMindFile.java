package io.tenure.collector.store.enrichment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small files of the MaxMind DB format, version 2.0, with an IPv6 tree. */
public final class MaxMindFile {

  private static final int SEPARATOR = 16;
  private static final int NOTHING = -1;

  /** Left and right of each node: the next node, nothing, or a network's number from -2 down. */
  private final List<int[]> nodes = new ArrayList<>();

  private final List<Map<String, Object>> records = new ArrayList<>();

  /** Without networks. */
  public MaxMindFile() {
    nodes.add(new int[] {NOTHING, NOTHING});
  }

  /** A place in two languages; a name without a translation has none. */
  public static Map<String, Object> place(String... chineseAndEnglish) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("country", names(chineseAndEnglish[0], chineseAndEnglish[1]));
    if (chineseAndEnglish.length > 2) {
      record.put("subdivisions", List.of(names(chineseAndEnglish[2], chineseAndEnglish[3])));
      record.put("city", names(chineseAndEnglish[4], chineseAndEnglish[5]));
    }
    return record;
  }

  private static Map<String, Object> names(String chinese, String english) {
    Map<String, Object> names = new LinkedHashMap<>();
    if (!chinese.isEmpty()) {
      names.put("zh-CN", chinese);
    }
    names.put("en", english);
    return Map.of("names", names);
  }

  /** Adds a network such as {@code 203.0.113.0/24}. */
  public MaxMindFile with(String network, Map<String, Object> record) {
    int slash = network.indexOf('/');
    byte[] address = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
    int length = Integer.parseInt(network.substring(slash + 1));
    byte[] bits = new byte[16];
    System.arraycopy(address, 0, bits, 16 - address.length, address.length);
    int last = length + (16 - address.length) * 8 - 1;
    int node = 0;
    for (int i = 0; i < last; i++) {
      node = next(node, bit(bits, i));
    }
    records.add(record);
    nodes.get(node)[bit(bits, last)] = -1 - records.size();
    return this;
  }

  private int next(int node, int bit) {
    int[] branches = nodes.get(node);
    if (branches[bit] < 0) {
      nodes.add(new int[] {NOTHING, NOTHING});
      branches[bit] = nodes.size() - 1;
    }
    return branches[bit];
  }

  private static int bit(byte[] bits, int index) {
    return bits[index / 8] >> (7 - index % 8) & 1;
  }

  /** Puts it in the place of a file, all at once. */
  public void write(Path file) throws IOException {
    Path part = file.resolveSibling("part");
    Files.write(part, bytes());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  byte[] bytes() {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int[] offsets = new int[records.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = data.size();
      write(data, records.get(i));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] branches : nodes) {
      for (int branch : branches) {
        int value =
            branch >= 0
                ? branch
                : branch == NOTHING
                    ? nodes.size()
                    : nodes.size() + SEPARATOR + offsets[-branch - 2];
        number(file, value, 3);
      }
    }
    file.writeBytes(new byte[SEPARATOR]);
    file.writeBytes(data.toByteArray());
    file.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
    file.writeBytes("MaxMind.com".getBytes(UTF_8));
    write(file, metadata());
    return file.toByteArray();
  }

  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", 1_780_000_000L);
    metadata.put("database_type", "Test-City");
    metadata.put("description", Map.of("en", "test"));
    metadata.put("ip_version", 6);
    metadata.put("languages", List.of("zh-CN", "en"));
    metadata.put("node_count", (long) nodes.size());
    metadata.put("record_size", 24);
    return metadata;
  }

  /** Sizes below 29 only but for texts below 285 bytes. */
  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(UTF_8);
        control(out, 2, bytes.length);
        out.writeBytes(bytes);
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        map.forEach(
            (name, each) -> {
              write(out, name);
              write(out, each);
            });
      }
      case List<?> list -> {
        control(out, 11, list.size());
        list.forEach(each -> write(out, each));
      }
      case Integer small -> {
        control(out, 5, 2);
        number(out, small, 2);
      }
      case Long large -> {
        control(out, 6, 4);
        number(out, Math.toIntExact(large), 4);
      }
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  private static void control(ByteArrayOutputStream out, int type, int size) {
    int kind = type > 7 ? 0 : type;
    out.write(kind << 5 | Math.min(size, 29));
    if (type > 7) {
      out.write(type - 7);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static void number(ByteArrayOutputStream out, int value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(value >> 8 * i);
    }
  }
}
