package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.EventMeasures.Visitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who gets which value by rules. All rules are evaluated once, as of the same instant, before the
 * first user is looked at: a user who fulfils several gets the value of the first.
 */
final class RuleMeasures implements UserMeasures {

  private record Group(Measure value, long[] users) {}

  private final List<Group> groups = new ArrayList<>();

  RuleMeasures(RuleAudience audience, ProjectId project, ComputedTrait trait, Instant asOf) {
    for (TraitRule rule : trait.rules()) {
      groups.add(
          new Group(
              new Measure.Single(rule.value()),
              audience.matching(project, rule.condition(), asOf)));
    }
  }

  @Override
  public void measure(long after, long upTo, Visitor visitor) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      int first = place(group.users(), after + 1);
      for (int at = first; at < group.users().length && group.users()[at] <= upTo; at++) {
        long user = group.users()[at];
        if (groups.subList(0, i).stream().noneMatch(earlier -> contains(earlier, user))) {
          visitor.visit(user, group.value());
        }
      }
    }
  }

  private static boolean contains(Group group, long user) {
    return Arrays.binarySearch(group.users(), user) >= 0;
  }

  private static int place(long[] ascending, long user) {
    int found = Arrays.binarySearch(ascending, user);
    return found >= 0 ? found : -found - 1;
  }
}
