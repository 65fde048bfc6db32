package io.tenure.platform.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of ARCHITECTURE.md, for one service or platform module. */
final class HouseRules {

  private static final String[] SERVICES = {
    "gateway", "collector", "profile", "segment", "experiment", "alert"
  };
  private static final String SCHEDULED = "org.springframework.scheduling.annotation.Scheduled";
  private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";

  private HouseRules() {}

  static List<ArchRule> of(String root) {
    return Stream.of(
            domainKnowsOnlyItself(root),
            doorsNeverTouchStores(root),
            storesNeverTouchDoors(root),
            contractTypesStayAtTheDoors(root),
            driversStayInStores(root),
            servicesDoNotKnowEachOther(root),
            noPackageCycles(root),
            clocksOnlyInJobs(),
            noFieldInjection(),
            noConsole(),
            timeComesFromAClock(root),
            everyPackageIsNullMarked())
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  private static ArchRule domainKnowsOnlyItself(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".domain..")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "java..",
                "javax.crypto..",
                "org.jspecify..",
                root + ".domain..",
                "io.tenure.condition.domain..",
                "io.tenure.evaluator..",
                "io.tenure.flagimport..",
                "io.tenure.statistics..",
                "io.tenure.platform.tenancy..",
                "io.tenure.platform.failure..",
                // Pure computation without state or I/O.
                "org.bouncycastle..",
                "org.roaringbitmap..",
                "tools.jackson.."))
        .as("domain depends on the JDK, itself and value types only");
  }

  private static ArchRule doorsNeverTouchStores(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".api..", root + ".job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root + ".store..", root + ".client..", root + ".notify..")
        .as("api and job never touch store, client or notify");
  }

  private static ArchRule storesNeverTouchDoors(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            root + ".store..", root + ".client..", root + ".notify..", root + ".domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root + ".api..", root + ".job..")
        .as("nothing inside touches a door");
  }

  private static ArchRule contractTypesStayAtTheDoors(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root, root + ".api..", root + ".client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tenure.proto..")
        .as("generated contract types are used in api and client only");
  }

  private static ArchRule driversStayInStores(String root) {
    return noClasses()
        .that(resideOutsideOfPackages(root, root + ".store..", "io.tenure.platform.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "com.clickhouse..",
                "io.lettuce..",
                "org.rocksdb..",
                "io.tenure.platform.clickhouse..",
                "io.tenure.platform.redis..",
                "io.tenure.platform.definition.."))
        .as("store drivers are used in store only");
  }

  private static ArchRule servicesDoNotKnowEachOther(String root) {
    List<String> services = Stream.of(SERVICES).map(service -> "io.tenure." + service).toList();
    String[] others =
        services.stream()
            .filter(service -> services.contains(root) && !root.equals(service))
            .map(service -> service + "..")
            .toArray(String[]::new);
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .as("no service depends on another");
  }

  private static ArchRule noPackageCycles(String root) {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().as("no package cycle");
  }

  private static ArchRule clocksOnlyInJobs() {
    return noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("..job..")
        .should()
        .beAnnotatedWith(SCHEDULED)
        .as("schedules live in job only");
  }

  private static ArchRule noFieldInjection() {
    return noFields().should().beAnnotatedWith(AUTOWIRED).as("no field injection");
  }

  private static ArchRule noConsole() {
    return noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .as("no console output");
  }

  private static ArchRule timeComesFromAClock(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .as("time comes from an injected Clock");
  }

  private static ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            new ArchCondition<>("live in a @NullMarked package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(
                    new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " has no @NullMarked package-info"));
              }
            })
        .as("every package is @NullMarked");
  }
}
