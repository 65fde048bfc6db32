package io.tenure.alert.domain.delivery;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Consenting;
import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.Receivers;
import io.tenure.alert.domain.Recorded;
import io.tenure.alert.domain.Turns;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Delivers alerts at least once: what is not noted as delivered or given up is due, so a restart
 * loses nothing. Receivers are served side by side; one that fails waits for its next turn and
 * holds up nobody else.
 */
public final class Courier {

  private static final int ROUND = 200;
  private static final int MOST_PER_RECEIVER = 5;
  private static final Duration LOOK_BACK = Duration.ofDays(3);

  private final Receivers receivers;
  private final DeliveryLog log;
  private final ThirdParties thirdParties;
  private final Turns turns;
  private final Webhook webhook;
  private final Backoff backoff;
  private final DeliveryMeter meter;
  private final Executor executor;
  private final RandomGenerator random;
  private final Clock clock;

  /** A courier over its ports. */
  public Courier(
      Receivers receivers,
      DeliveryLog log,
      Consenting consenting,
      Turns turns,
      Webhook webhook,
      Backoff backoff,
      DeliveryMeter meter,
      Executor executor,
      RandomGenerator random,
      Clock clock) {
    this.receivers = receivers;
    this.log = log;
    this.thirdParties = new ThirdParties(consenting, log, meter, clock);
    this.turns = turns;
    this.webhook = webhook;
    this.backoff = backoff;
    this.meter = meter;
    this.executor = executor;
    this.random = random;
    this.clock = clock;
  }

  /** Sends what is due now, unless another process is at it. */
  public void deliverDue() {
    turns.alone("delivery", this::round);
  }

  private int round() {
    Instant now = clock.instant();
    Map<Address, List<Parcel>> tours = new LinkedHashMap<>();
    for (Parcel parcel : log.due(now, now.minus(LOOK_BACK), ROUND)) {
      Address address = new Address(parcel.project(), parcel.receiverId());
      tours.computeIfAbsent(address, key -> new ArrayList<>()).add(parcel);
    }
    CompletableFuture.allOf(
            tours.values().stream()
                .map(parcels -> CompletableFuture.runAsync(() -> tour(parcels), executor))
                .toArray(CompletableFuture[]::new))
        .join();
    return tours.size();
  }

  private record Address(ProjectId project, String receiverId) {}

  private void tour(List<Parcel> parcels) {
    for (Parcel parcel : parcels.subList(0, Math.min(parcels.size(), MOST_PER_RECEIVER))) {
      if (deliver(parcel) == Delivery.State.PENDING) {
        return;
      }
    }
  }

  private Delivery.State deliver(Parcel parcel) {
    List<Alert> alerts = log.alerts(parcel);
    Optional<Receiver> receiver =
        receivers.find(parcel.project(), parcel.receiverId()).map(Recorded::value);
    if (receiver.isEmpty()) {
      return note(parcel, lost(parcel), alerts);
    }
    List<Alert> allowed;
    try {
      allowed = thirdParties.allowed(receiver.get(), parcel, alerts);
    } catch (Failure unanswered) {
      return note(parcel, postponed(parcel), alerts);
    }
    Attempt attempt =
        allowed.isEmpty()
            ? withheld(parcel)
            : judge(parcel.attempts() + 1, webhook.send(receiver.get(), parcel, allowed));
    return note(parcel, attempt, allowed);
  }

  private Delivery.State note(Parcel parcel, Attempt attempt, List<Alert> alerts) {
    log.record(parcel, attempt);
    meter.attempted(attempt.state(), alerts.size());
    return attempt.state();
  }

  private Attempt judge(int number, Webhook.Answer answer) {
    Instant now = clock.instant();
    return switch (answer) {
      case Webhook.Accepted accepted ->
          new Attempt(Delivery.State.DELIVERED, number, accepted.text(), now, now);
      case Webhook.Refused refused -> again(number, refused.text(), now);
      case Webhook.Unreachable unreachable -> again(number, unreachable.text(), now);
    };
  }

  private Attempt again(int number, String result, Instant now) {
    return backoff.endsWith(number)
        ? new Attempt(Delivery.State.FAILED, number, result, now, now)
        : new Attempt(
            Delivery.State.PENDING, number, result, now, now.plus(backoff.after(number, random)));
  }

  /** Not an attempt: a receiver must not be given up because consent can't be asked. */
  private Attempt postponed(Parcel parcel) {
    Instant now = clock.instant();
    Instant next = now.plus(backoff.after(Math.max(1, parcel.attempts()), random));
    return new Attempt(
        Delivery.State.PENDING, parcel.attempts(), "Nobody could tell who agrees", now, next);
  }

  private Attempt withheld(Parcel parcel) {
    Instant now = clock.instant();
    return new Attempt(Delivery.State.WITHHELD, parcel.attempts(), ThirdParties.REASON, now, now);
  }

  private Attempt lost(Parcel parcel) {
    Instant now = clock.instant();
    return new Attempt(
        Delivery.State.FAILED, parcel.attempts() + 1, "The receiver was deleted", now, now);
  }
}
