package io.tenure.collector.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Bodies as the Sensors SDKs send them. */
public final class SensorsForms {

  private SensorsForms() {}

  /** As the Java SDK: packed, in base64, escaped. */
  public static String packed(String json) {
    return "gzip=1&data_list=" + escaped(base64(gzip(json.getBytes(UTF_8))));
  }

  /** As the web SDK: plain, in base64, escaped. */
  public static String plain(String json) {
    return "data_list=" + escaped(base64(json.getBytes(UTF_8)));
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
