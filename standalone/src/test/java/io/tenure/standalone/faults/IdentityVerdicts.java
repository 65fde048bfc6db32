package io.tenure.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares user numbers with the people they must stand for. Which number a person has does not
 * matter; that it is always the same, and nobody else's, does.
 */
record IdentityVerdicts(IdentityTruth truth) {

  /** Records of a project and the user each was stored for. */
  static String events(String project) {
    return "SELECT event_id, user_number FROM events WHERE project_id = '"
        + project
        + "' AND name = '"
        + IdentityLoad.EVENT
        + "'";
  }

  /**
   * Judges a project.
   *
   * @param numbers of the users who have the ids now
   */
  void judge(List<JsonNode> rows, Map<String, Long> numbers) {
    Map<Integer, Set<Long>> users = new HashMap<>();
    Map<Long, Set<Integer>> people = new HashMap<>();
    for (JsonNode row : rows) {
      long record = IdentityLoad.number(row.path("event_id").stringValue());
      assertThat(truth.people()).containsKey(record);
      add(
          users,
          people,
          truth.people().getOrDefault(record, 0),
          Long.parseLong(row.path("user_number").asString()));
    }
    assertThat(numbers.keySet()).isEqualTo(truth.owners().keySet());
    truth
        .owners()
        .forEach((id, person) -> add(users, people, person, numbers.getOrDefault(id, 0L)));
    assertThat(users).allSatisfy((person, all) -> assertThat(all).hasSize(1));
    assertThat(people).allSatisfy((number, all) -> assertThat(all).hasSize(1));
  }

  private static void add(
      Map<Integer, Set<Long>> users, Map<Long, Set<Integer>> people, int person, long number) {
    users.computeIfAbsent(person, unknown -> new TreeSet<>()).add(number);
    people.computeIfAbsent(number, unknown -> new TreeSet<>()).add(person);
  }
}
