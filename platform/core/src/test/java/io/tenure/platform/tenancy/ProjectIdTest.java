package io.tenure.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProjectIdTest {

  @Test
  void acceptsLowerCaseLettersDigitsAndHyphens() {
    assertThat(new ProjectId("retail-bank-2").value()).isEqualTo("retail-bank-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ab", "Bank", "-bank", "bank-", "ba nk", "bank'; DROP", "1bank", "银行"})
  void refusesEverythingElse(String value) {
    assertThat(ProjectId.isValid(value)).isFalse();
    assertThatThrownBy(() -> new ProjectId(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
