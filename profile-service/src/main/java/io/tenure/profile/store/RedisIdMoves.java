package io.tenure.profile.store;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.merge.IdMoves;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Moves ids inside the project's identity hash, by the same memory of places that records use. */
final class RedisIdMoves implements IdMoves {

  private static final RedisScript HOLD = IdentityHash.script("identity-hold");
  private static final RedisScript MOVE = IdentityHash.script("identity-move");
  private static final String YES = "1";
  private static final String NEVER = "0";

  /** Longer than a merge takes; one whose process died is carried on long before. */
  private static final Duration LONG_HOLD = Duration.ofMinutes(5);

  private final IdentityHash hash;
  private final Clock clock;

  RedisIdMoves(IdentityHash hash, Clock clock) {
    this.hash = hash;
    this.clock = clock;
  }

  @Override
  public Holding hold(ProjectId project, String holder, Collection<Identity> ids) {
    List<Identity> order = List.copyOf(ids);
    Duration length = order.isEmpty() ? SHORT_HOLD : LONG_HOLD;
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(clock.millis()));
    arguments.add(Long.toString(clock.millis() + length.toMillis()));
    arguments.add(holder);
    order.forEach(id -> arguments.add(Release.field(id)));
    List<String> reply = hash.ask(project, HOLD, arguments.toArray(String[]::new)).values();
    if (!reply.getFirst().equals(YES)) {
      throw Failure.unavailable(
          "Other users of the project are being merged", Duration.ofSeconds(1));
    }
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      long owner = Long.parseLong(reply.get(1 + 2 * i));
      held.add(new Held(order.get(i), owner, releases(order.get(i), reply.get(2 + 2 * i))));
    }
    return new Holding(held);
  }

  @Override
  public boolean move(
      ProjectId project, String holder, long from, long to, Collection<Identity> ids) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(clock.millis()));
    arguments.add(holder);
    arguments.add(Long.toString(from));
    arguments.add(Long.toString(to));
    ids.forEach(id -> arguments.add(Release.field(id)));
    return hash.ask(project, MOVE, arguments.toArray(String[]::new))
        .values()
        .getFirst()
        .equals(YES);
  }

  @Override
  public void end(ProjectId project, String holder) {
    hash.ask(project, HOLD, Long.toString(clock.millis()), NEVER, holder);
  }

  private static List<Release> releases(Identity id, String places) {
    return places
        .lines()
        .map(
            line -> {
              int blank = line.indexOf(' ');
              return new Release(
                  line.substring(blank + 1),
                  Long.parseLong(line.substring(0, blank)),
                  id.kind(),
                  id.id());
            })
        .toList();
  }
}
