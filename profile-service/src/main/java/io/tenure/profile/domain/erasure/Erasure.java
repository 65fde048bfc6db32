package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The erasure of one person, as far as it is. It holds no id of theirs: what is to be erased is
 * found anew by the number until the profile, which goes last, is gone.
 *
 * @param userNumbers all numbers of the person; none once it is done
 * @param createTime records up to this time never come back
 * @param author who asked for it
 * @param counts what was found and erased, by store
 * @param remarks what stays beyond our reach, and until when
 * @param waitingReason what keeps it waiting; empty when nothing does
 * @param receipt the signed text; empty until it is done
 * @param signature of the receipt, in Base64
 */
public record Erasure(
    String id,
    ProjectId project,
    List<Long> userNumbers,
    Stage stage,
    Instant createTime,
    Instant updateTime,
    String author,
    Map<String, Long> counts,
    List<String> remarks,
    String waitingReason,
    String receipt,
    String signature,
    long revision) {

  /** Takes copies. */
  public Erasure {
    userNumbers = List.copyOf(userNumbers);
    counts = Map.copyOf(counts);
    remarks = List.copyOf(remarks);
  }

  /** How far an erasure is; each stage can be repeated. */
  public enum Stage {
    /** Asked for. */
    REQUESTED,
    /** Nothing about the person is taken in any more. */
    TOMBSTONED,
    /** What was on its way has arrived, and all that is there is counted. */
    COUNTED,
    /** What other services keep is erased. */
    RECORDS_ERASED,
    /** The profile, its past, its ids and its key are erased. */
    PROFILE_ERASED,
    /** The files are gone too. */
    DONE
  }

  static Erasure of(String id, ProjectId project, List<Long> numbers, String author, Instant now) {
    return new Erasure(
        id,
        project,
        numbers,
        Stage.REQUESTED,
        now,
        now,
        author,
        Map.of(),
        List.of(),
        "",
        "",
        "",
        1);
  }

  Erasure at(Stage next, Instant now) {
    return new Erasure(
        id,
        project,
        userNumbers,
        next,
        createTime,
        now,
        author,
        counts,
        remarks,
        "",
        receipt,
        signature,
        revision + 1);
  }

  /** With what was found too; a store is counted once at its fullest. */
  Erasure found(Map<String, Long> more, List<String> said) {
    Map<String, Long> all = new TreeMap<>(counts);
    more.forEach((store, count) -> all.merge(store, count, Math::max));
    List<String> remarked =
        java.util.stream.Stream.concat(remarks.stream(), said.stream()).distinct().toList();
    return new Erasure(
        id,
        project,
        userNumbers,
        stage,
        createTime,
        updateTime,
        author,
        all,
        remarked,
        waitingReason,
        receipt,
        signature,
        revision);
  }

  Erasure waiting(String reason, Instant now) {
    return new Erasure(
        id,
        project,
        userNumbers,
        stage,
        createTime,
        now,
        author,
        counts,
        remarks,
        reason,
        receipt,
        signature,
        revision + 1);
  }

  Erasure done(Receipts.Signed signed, Instant now) {
    return new Erasure(
        id,
        project,
        List.of(),
        Stage.DONE,
        createTime,
        now,
        author,
        counts,
        remarks,
        "",
        signed.text(),
        signed.signature(),
        revision + 1);
  }
}
