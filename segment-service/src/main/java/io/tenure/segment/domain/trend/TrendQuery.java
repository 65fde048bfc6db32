package io.tenure.segment.domain.trend;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;

/** Asks how often and by how many users something is done per period. */
public record TrendQuery(Scope scope, EventSelector selector, PeriodUnit unit)
    implements Question {}
