package io.tenure.evaluator;

import io.tenure.condition.domain.Condition;
import java.util.List;

/** A condition, made ready to be asked often. */
@FunctionalInterface
interface Question {

  boolean holds(Subject subject);

  /**
   * The question of a condition.
   *
   * @throws IllegalArgumentException when it asks for events, which are not known in memory
   */
  static Question of(Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> parts) -> {
        Question[] questions = parts.stream().map(Question::of).toArray(Question[]::new);
        yield subject -> {
          for (Question question : questions) {
            if (!question.holds(subject)) {
              return false;
            }
          }
          return true;
        };
      }
      case Condition.Any(List<Condition> parts) -> {
        Question[] questions = parts.stream().map(Question::of).toArray(Question[]::new);
        yield subject -> {
          for (Question question : questions) {
            if (question.holds(subject)) {
              return true;
            }
          }
          return false;
        };
      }
      case Condition.Not(Condition part) -> {
        Question question = of(part);
        yield subject -> !question.holds(subject);
      }
      case Condition.Trait trait -> {
        AttributeTest test = AttributeTest.of(trait.comparison());
        yield subject -> test.holds(subject.attribute(trait.name()));
      }
      case Condition.InSegment(String id) -> subject -> subject.isMemberOf(id);
      case Condition.EventCount _, Condition.Latest _, Condition.Sequence _ ->
          throw new IllegalArgumentException(
              "Only attributes and segments can be asked for in memory");
    };
  }
}
