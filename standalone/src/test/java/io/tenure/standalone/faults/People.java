package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.standalone.faults.IdentityTruth.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A project for each identity plan, with people who use its app while things go wrong. */
final class People implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<Group> groups = new ArrayList<>();

  private record Group(Subject.Project project, IdentityLoad load) {}

  People(Subject subject, long seed) throws IOException, InterruptedException {
    for (Plan plan : Plan.values()) {
      Subject.Project project = subject.project(plan);
      groups.add(
          new Group(project, new IdentityLoad(subject.door(), project.writeKey(), plan, seed)));
    }
  }

  /**
   * Judges all projects.
   *
   * @return what was judged, in words
   */
  String judge(Subject subject) throws IOException, InterruptedException {
    int records = 0;
    int ids = 0;
    for (Group group : groups) {
      IdentityTruth truth = group.load().truth();
      List<JsonNode> rows = stored(subject, group.project(), truth);
      Map<String, Long> numbers = new TreeMap<>();
      truth
          .owners()
          .keySet()
          .forEach(id -> numbers.put(id, subject.userNumber(group.project(), id)));
      new IdentityVerdicts(truth).judge(rows, numbers);
      assertThat(rows).hasSizeGreaterThan(20);
      records += rows.size();
      ids += numbers.size();
    }
    return "identities: " + ids + " ids of " + records + " records by " + groups.size() + " plans";
  }

  /** Once all is there: records that were sent again may be stored twice until they are merged. */
  private static List<JsonNode> stored(
      Subject subject, Subject.Project project, IdentityTruth truth)
      throws IOException, InterruptedException {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                subject.rows(IdentityVerdicts.events(project.id())).stream()
                        .map(row -> row.path("event_id").stringValue())
                        .distinct()
                        .count()
                    == truth.tracks());
    return subject.rows(IdentityVerdicts.events(project.id()));
  }

  @Override
  public void close() throws InterruptedException {
    for (Group group : groups) {
      group.load().close();
    }
  }
}
