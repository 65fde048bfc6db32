package io.tenure.platform.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Checks the module a subclass lives in. One line applies it, in the module's root package:
 *
 * <pre>{@code final class ArchitectureTest extends ArchitectureRules {}}</pre>
 */
public abstract class ArchitectureRules {

  @TestFactory
  Stream<DynamicTest> keepsTheRules() {
    String root = getClass().getPackageName();
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root);
    return HouseRules.of(root).stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }
}
