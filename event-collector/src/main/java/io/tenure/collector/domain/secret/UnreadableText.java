package io.tenure.collector.domain.secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What bytes may mean that no decoder understood, because a part of them may still be understood by
 * whoever reads the quarantine: as text, as a form, in base64, packed.
 */
final class UnreadableText {

  private static final int MOST_INFLATED = 8 << 20;
  private static final int MOST_READINGS = 64;
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{20,}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private final List<String> readings = new ArrayList<>();

  UnreadableText(byte[] body, int from, int to) {
    bytes(Arrays.copyOfRange(body, from, to), true);
  }

  List<String> readings() {
    return readings;
  }

  private void bytes(byte[] bytes, boolean deeper) {
    byte[] plain = isGzip(bytes) ? inflated(bytes) : bytes;
    String text = new String(plain, StandardCharsets.UTF_8);
    read(text);
    if (!deeper) {
      return;
    }
    String form = percentDecoded(text);
    if (!form.equals(text)) {
      read(form);
    }
    Matcher packed = BASE64.matcher(form.replace(' ', '+'));
    while (packed.find() && readings.size() < MOST_READINGS) {
      bytes(decoded(packed.group()), false);
    }
  }

  private void read(String text) {
    readings.add(text);
    Matcher escapes = ESCAPE.matcher(text);
    if (escapes.find()) {
      readings.add(
          escapes.replaceAll(
              escape ->
                  Matcher.quoteReplacement(
                      Character.toString((char) Integer.parseInt(escape.group(1), 16)))));
    }
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }

  /** As much as there is before it breaks. */
  private static byte[] inflated(byte[] packed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      int count = in.read(buffer);
      while (count > 0 && out.size() < MOST_INFLATED) {
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException broken) {
      return out.toByteArray();
    }
    return out.toByteArray();
  }

  /** A broken end is left out. */
  private static byte[] decoded(String base64) {
    String whole = base64.replace('-', '+').replace('_', '/');
    return Base64.getDecoder().decode(whole.substring(0, whole.length() / 4 * 4));
  }

  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      if (low < 0) {
        out.write(in[i]);
      } else {
        out.write(high * 16 + low);
        i += 2;
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
