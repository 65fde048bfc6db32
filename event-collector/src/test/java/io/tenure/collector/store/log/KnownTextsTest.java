package io.tenure.collector.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KnownTextsTest {

  @Test
  void readsEachTextAsItIsWhateverCameBefore() {
    KnownTexts known = new KnownTexts();
    Random random = new Random(7);
    List<String> texts = new ArrayList<>(List.of("", "a", "上海", "x".repeat(32), "x".repeat(33)));
    for (int i = 0; i < 20_000; i++) {
      texts.add(Integer.toString(random.nextInt(), 36));
    }
    for (int i = 0; i < 60_000; i++) {
      String text = texts.get(random.nextInt(texts.size()));
      byte[] bytes = ("<<" + text + ">>").getBytes(StandardCharsets.UTF_8);
      assertThat(known.text(bytes, 2, bytes.length - 4)).isEqualTo(text);
    }
  }

  @Test
  void keepsOneCopyOfAShortText() {
    KnownTexts known = new KnownTexts();
    byte[] bytes = "$app_version$app_version".getBytes(StandardCharsets.UTF_8);
    assertThat(known.text(bytes, 0, 12)).isSameAs(known.text(bytes, 12, 12));
  }

  @Test
  void readsBytesThatAreNoTextAsBefore() {
    KnownTexts known = new KnownTexts();
    byte[] bytes = {(byte) 0xff, 'a', (byte) 0xc3};
    String plain = new String(bytes, StandardCharsets.UTF_8);
    assertThat(known.text(bytes, 0, 3)).isEqualTo(plain);
    assertThat(known.text(bytes, 0, 3)).isEqualTo(plain);
  }
}
