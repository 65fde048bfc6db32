package io.tenure.collector.domain.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.secret.SecretCorpus.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found, what is missed and what is mistaken for a secret. */
final class SecretSearchTest {

  private static final int SAMPLES = 20_000;
  private static final String BROKEN =
      "[{\"type\":\"track\",\"properties\":{\"password\":\"Canary-77aa\"},]";

  private final SecretSearch search = new SecretSearch();

  @Test
  void findsNinetyNineOfAHundredSecrets() {
    SecretCorpus corpus = new SecretCorpus(20260601);
    Map<String, Integer> missed = new TreeMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      Sample sample = corpus.secret();
      if (!search.holdsSecret(sample.properties())) {
        missed.merge(sample.kind(), 1, Integer::sum);
      }
    }

    assertThat(total(missed)).as("missed %s", missed).isLessThanOrEqualTo(SAMPLES / 100);
  }

  @Test
  void mistakesAtMostOneOfAHundred() {
    SecretCorpus corpus = new SecretCorpus(20260602);
    Map<String, Integer> mistaken = new TreeMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      Sample sample = corpus.harmless();
      if (search.holdsSecret(sample.properties())) {
        mistaken.merge(sample.kind(), 1, Integer::sum);
      }
    }

    assertThat(total(mistaken)).as("mistaken %s", mistaken).isLessThanOrEqualTo(SAMPLES / 100);
  }

  @Test
  void keepsACardNumberAlone() {
    assertThat(search.holdsSecret(Map.of("card", "4111 1111 1111 1111"))).isFalse();
    assertThat(search.holdsSecret(Map.of("card", "4111 1111 1111 1111", "securityCode", "123")))
        .isTrue();
    assertThat(search.holdsSecret(Map.of("card", "4111 1111 1111 1112", "securityCode", "123")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ｐａｓｓｗｏｒｄ：abc12345",
        "卡号４１１１１１１１１１１１１１１１ 12/28 123",
        "{\\\"pwd\\\":\\\"hunterhunter\\\"}",
        "%B4111111111111111^ZHANG/SAN^29121011234?",
        "4111111111111111=29121011234",
        "4111-1111-1111-1111, 12/28, 123"
      })
  void seesThroughOtherSpellings(String text) {
    assertThat(search.holdsSecret(text)).isTrue();
  }

  @Test
  void looksIntoNamesToo() {
    assertThat(search.holdsSecret(Map.of("pwd=hunter22x", 1L))).isTrue();
  }

  @Test
  void believesThePlan() {
    Map<String, Object> record = Map.of("properties", Map.of("mother_name", "Li"));

    assertThat(search.holdsSecret(record)).isFalse();
    assertThat(search.holdsSecret(record, Set.of("mother_name"))).isTrue();
  }

  @Test
  void readsUnreadableBodiesAsFarAsItCan() throws IOException {
    byte[] text = BROKEN.getBytes(UTF_8);
    String base64 = Base64.getEncoder().encodeToString(text);
    byte[] packed = gzip(text);
    byte[] cut = Arrays.copyOf(packed, packed.length - 6);
    String packedBase64 = Base64.getEncoder().encodeToString(packed);

    for (byte[] body :
        List.of(
            text,
            base64.getBytes(UTF_8),
            ("gzip=0&data_list=" + URLEncoder.encode(base64, UTF_8)).getBytes(UTF_8),
            ("data=" + URLEncoder.encode(packedBase64, UTF_8) + "&gzip=1").getBytes(UTF_8),
            packed,
            cut,
            BROKEN.replace("password", "\\u0070assword").getBytes(UTF_8))) {
      assertThat(search.holdsSecret(body, 0, body.length)).isTrue();
    }
    byte[] harmless = BROKEN.replace("password", "page").getBytes(UTF_8);
    assertThat(search.holdsSecret(harmless, 0, harmless.length)).isFalse();
  }

  @Test
  void staysFastOnHostileText() {
    String hostile = "p".repeat(1 << 20) + "ass".repeat(1 << 18) + "4111 ".repeat(1 << 17);

    assertThat(search.holdsSecret(hostile)).isFalse();
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }
}
