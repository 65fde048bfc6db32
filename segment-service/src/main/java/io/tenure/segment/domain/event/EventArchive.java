package io.tenure.segment.domain.event;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** The stored events, to look at. */
public interface EventArchive {

  /** Most names {@link #names} answers. */
  int MAX_NAMES = 1000;

  /** One page of events, newest first, each event once; one more than the limit tells of a next. */
  List<StoredEvent> list(ProjectId project, EventFilter filter, int limit);

  /** Event names with their counts, most frequent first. */
  List<EventName> names(ProjectId project);
}
