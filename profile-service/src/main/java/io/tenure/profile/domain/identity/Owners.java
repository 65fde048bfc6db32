package io.tenure.profile.domain.identity;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Who has an id now. */
public interface Owners {

  /** The user's number; 0 when nobody has the id. */
  long owner(ProjectId project, IdKind kind, String id);

  /** Their users' numbers, in order; 0 where nobody has the id. */
  List<Long> owners(ProjectId project, IdKind kind, List<String> ids);
}
