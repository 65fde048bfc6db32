package io.tenure.collector.domain.column;

import java.util.Set;

/** Properties of events that tell who somebody is or what they own. */
@FunctionalInterface
public interface PersonalProperties {

  /** Those that the plan of any project puts above class C1. */
  Set<String> names();
}
