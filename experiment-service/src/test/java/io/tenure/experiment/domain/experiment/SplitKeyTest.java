package io.tenure.experiment.domain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SplitKeyTest {

  @Test
  void readsWhatItWrote() {
    SplitKey key = new SplitKey("home.test", 12);

    assertThat(key.text()).isEqualTo("home.test#12");
    assertThat(SplitKey.read(key.text())).isEqualTo(key);
  }

  @Test
  void takesOtherKeysForImports() {
    assertThat(SplitKey.read("exp")).isEqualTo(new SplitKey("exp", 0));
    assertThat(SplitKey.read("exp#a")).isEqualTo(new SplitKey("exp#a", 0));
    assertThat(SplitKey.read("exp#")).isEqualTo(new SplitKey("exp#", 0));
    assertThat(SplitKey.read("exp#12345678901")).isEqualTo(new SplitKey("exp#12345678901", 0));
    assertThat(SplitKey.read("#1")).isEqualTo(new SplitKey("#1", 0));
  }
}
