package io.tenure.benchmarks.analysis;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is asked. */
final class Questions {

  private Questions() {}

  static List<Question> all() {
    return Stream.of(
            FunnelQuestions.all(),
            RetentionQuestions.all(),
            TrendQuestions.all(),
            UsageQuestions.all(),
            ValueQuestions.all(),
            PathQuestions.all(),
            AttributionQuestions.all())
        .flatMap(List::stream)
        .toList();
  }
}
