package io.tenure.benchmarks.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * The requests of one kind of sender: events of a bank's app, every one new, packed as the SDKs for
 * Java pack them.
 *
 * @param dialect of the SDK
 * @param batch events per request
 */
record Traffic(Dialect dialect, int batch) {

  /** Ids of so many people occur. */
  private static final int PEOPLE = 20_000;

  private static final String[] NAMES = {
    "TransferSubmitted", "BalanceViewed", "FundBought", "CardFrozen", "LoanQuoted", "LoginDone"
  };

  /** Whose SDK sends. */
  enum Dialect {
    /**
     * Of a server: {@code data_list}, packed, in base64, in a form; each event of another person.
     */
    SENSORS,
    /** The same from a phone: what one person did since the last request. */
    PHONE,
    /** A JSON body, packed. */
    SEGMENT
  }

  /** A kind by its name: {@code sensors-50}, {@code phone-50}. */
  static Traffic named(String name) {
    int dash = name.indexOf('-');
    return new Traffic(
        Dialect.valueOf(name.substring(0, dash).toUpperCase(Locale.ROOT)),
        Integer.parseInt(name.substring(dash + 1)));
  }

  String name() {
    return dialect.name().toLowerCase(Locale.ROOT) + "-" + batch;
  }

  /**
   * A whole request, header and body.
   *
   * @param random makes its events different from all others
   */
  byte[] request(URI target, Credential credential, SplittableRandom random, long now) {
    return switch (dialect) {
      case SENSORS, PHONE -> sensors(target, credential, random, now);
      case SEGMENT -> segment(target, credential, random, now);
    };
  }

  private byte[] sensors(URI target, Credential credential, SplittableRandom random, long now) {
    StringBuilder list = new StringBuilder(batch * 512).append('[');
    String owner = person(random);
    for (int i = 0; i < batch; i++) {
      list.append(i == 0 ? "" : ",");
      sensorsEvent(list, dialect == Dialect.PHONE ? owner : person(random), random, now);
    }
    String packed = Base64.getEncoder().encodeToString(gzip(list.append(']')));
    String form = "gzip=1&data_list=" + URLEncoder.encode(packed, StandardCharsets.UTF_8);
    return post(
        target,
        "/sa?project=" + credential.project() + credential.query(),
        "Content-Type: application/x-www-form-urlencoded\r\n" + credential.header(),
        form.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] segment(URI target, Credential credential, SplittableRandom random, long now) {
    StringBuilder body = new StringBuilder(batch * 512).append("{\"batch\":[");
    for (int i = 0; i < batch; i++) {
      body.append(i == 0 ? "" : ",");
      segmentEvent(body, random, now);
    }
    body.append("],\"sentAt\":\"")
        .append(java.time.Instant.ofEpochMilli(now))
        .append(
            "\",\"context\":{\"library\":{\"name\":\"analytics-java\",\"version\":\"3.5.4\"}}}");
    return post(
        target,
        "/v1/batch",
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"
            + credential.basic()
            + credential.header(),
        gzip(body));
  }

  private static void sensorsEvent(
      StringBuilder out, String person, SplittableRandom random, long now) {
    out.append("{\"_track_id\":").append(random.nextInt());
    out.append(",\"lib\":{\"$lib\":\"Java\",\"$lib_method\":\"code\",\"$lib_version\":\"3.4.0\",")
        .append("\"$lib_detail\":\"com.bank.app.Transfers##submit##Transfers.java##112\"}");
    out.append(",\"distinct_id\":\"").append(person).append("\",\"time\":").append(now);
    out.append(",\"type\":\"track\",\"event\":\"").append(NAMES[random.nextInt(NAMES.length)]);
    out.append("\",\"properties\":{\"$lib\":\"Java\",\"$lib_version\":\"3.4.0\",");
    properties(out, random);
    out.append(",\"$is_login_id\":true}}");
  }

  private static void segmentEvent(StringBuilder out, SplittableRandom random, long now) {
    out.append("{\"type\":\"track\",\"messageId\":\"")
        .append(Long.toHexString(random.nextLong()))
        .append(Long.toHexString(random.nextLong()));
    out.append("\",\"userId\":\"").append(person(random));
    out.append("\",\"timestamp\":\"").append(java.time.Instant.ofEpochMilli(now));
    out.append("\",\"event\":\"").append(NAMES[random.nextInt(NAMES.length)]);
    out.append("\",\"properties\":{");
    properties(out, random);
    out.append("}}");
  }

  private static void properties(StringBuilder out, SplittableRandom random) {
    out.append("\"$app_version\":\"8.2.1\",\"currency\":\"CNY\",\"channel\":\"mobile\",\"amount\":")
        .append(random.nextInt(1, 1_000_000))
        .append('.')
        .append(random.nextInt(10, 100))
        .append(",\"product_id\":\"P")
        .append(random.nextInt(1_000, 10_000))
        .append("\",\"success\":true,\"step\":")
        .append(random.nextInt(1, 9))
        .append(",\"latency_ms\":")
        .append(random.nextInt(20, 900))
        .append(",\"city\":\"上海\",\"reference\":\"")
        .append(Long.toHexString(random.nextLong()))
        .append('"');
  }

  private static String person(SplittableRandom random) {
    return "user-" + (1_000_000 + random.nextInt(PEOPLE));
  }

  private static byte[] post(URI target, String path, String headers, byte[] body) {
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: "
                + target.getAuthority()
                + "\r\nUser-Agent: SensorsAnalytics Java SDK\r\n"
                + headers
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private static byte[] gzip(CharSequence text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 4096)) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
