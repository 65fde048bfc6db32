package io.tenure.flagimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Reason;
import io.tenure.evaluator.UnitType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Decides by the peer and by us, and finds no difference. */
final class Differential {

  private final String peer;
  private final Map<UnitType, String> ids;
  private final Function<String, Imported> translate;
  private final Same same;

  /** Whether our outcome is the peer's answer. */
  @FunctionalInterface
  interface Same {
    boolean same(Outcome ours, JsonNode theirs);
  }

  Differential(
      String peer, Map<UnitType, String> ids, Function<String, Imported> translate, Same same) {
    this.peer = peer;
    this.ids = ids;
    this.translate = translate;
    this.same = same;
  }

  Tally compare(List<Oracle.Question> questions) throws IOException, InterruptedException {
    JsonNode answers = Oracle.ask(peer, questions);
    Tally tally = new Tally();
    List<String> differences = new ArrayList<>();
    for (int index = 0; index < questions.size(); index++) {
      compare(questions.get(index), answers.get(index), tally, differences);
    }
    assertThat(differences.stream().limit(5).toList())
        .as("%d differences", differences.size())
        .isEmpty();
    return tally;
  }

  private void compare(
      Oracle.Question question, JsonNode answers, Tally tally, List<String> differences) {
    Imported imported = translate.apply(Oracle.MAPPER.writeValueAsString(question.document()));
    imported.flags().forEach(_ -> tally.imported());
    imported.refusals().forEach(tally::refused);
    assertThat(imported.flags().size() + imported.refusals().size())
        .isEqualTo(question.keys().size());
    FlagSet flags = FlagSet.of(imported.flags());
    Map<String, List<Premise>> premises =
        imported.premises().stream().collect(Collectors.groupingBy(Premise::flag));
    Instant now = Instant.ofEpochMilli(question.now());
    for (int subject = 0; subject < question.subjects().size(); subject++) {
      Map<String, Object> attributes = question.subjects().get(subject);
      Person person = Person.of(ids, attributes);
      for (int flag = 0; flag < question.keys().size(); flag++) {
        String key = question.keys().get(flag);
        Outcome ours = flags.decide(key, person, now);
        if (ours == null) {
          continue;
        }
        if (!premises.getOrDefault(key, List.of()).stream().allMatch(p -> p.holds(person))) {
          tally.outside();
          continue;
        }
        JsonNode theirs = answers.get(subject).get(flag);
        if (same.same(ours, theirs)) {
          tally.equal(ours.reason() == Reason.SPLIT);
        } else {
          differences.add(
              "%s for %s%n  peer %s%n  ours %s%n  flag %s%n  premises %s"
                  .formatted(
                      key,
                      attributes,
                      theirs,
                      ours,
                      Oracle.MAPPER.writeValueAsString(question.document()),
                      premises.get(key)));
        }
      }
    }
  }
}
