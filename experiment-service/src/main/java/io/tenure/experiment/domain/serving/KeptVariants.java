package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Kept;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where what sticky splits have dealt is kept, by unit and key of the split. The first to keep
 * something wins, on all replicas. What nobody asks for is gone after a while.
 */
public interface KeptVariants {

  /**
   * What is kept for units, all of them asked for at once.
   *
   * @param renewing whether what is found lives on from now
   * @return by unit and key of the split; units nothing is kept for are left out
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  Map<Unit, Map<String, Kept>> find(ProjectId project, Collection<Unit> units, boolean renewing);

  /**
   * Keeps variants where nothing is kept yet.
   *
   * @param wanted by unit and key of the split
   * @return what is kept now, for all that was wanted
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  Map<Unit, Map<String, Kept>> keep(ProjectId project, Map<Unit, Map<String, Kept>> wanted);

  /**
   * All that was dealt to units before a time.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  List<KeptRecord> records(ProjectId project, Collection<Unit> units, Instant before);

  /**
   * Forgets what was dealt to units before a time.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers
   */
  void forget(ProjectId project, Collection<Unit> units, Instant before);
}
