package io.tenure.platform.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule that cannot fail is none: the sample breaks each of these once. */
final class HouseRulesTest {

  private static final String SAMPLE = "io.tenure.platform.architecture.sample";

  @Test
  void findsEachBrokenRuleOfTheSample() {
    JavaClasses sample = new ClassFileImporter().importPackages(SAMPLE);

    List<String> broken =
        HouseRules.of(SAMPLE).stream()
            .filter(rule -> rule.evaluate(sample).hasViolation())
            .map(ArchRule::getDescription)
            .toList();

    assertThat(broken)
        .containsExactlyInAnyOrder(
            "domain depends on the JDK, itself and value types only",
            "api and job never touch store, client or notify",
            "no package cycle",
            "schedules live in job only",
            "no field injection",
            "no console output",
            "time comes from an injected Clock",
            "every package is @NullMarked");
  }
}
