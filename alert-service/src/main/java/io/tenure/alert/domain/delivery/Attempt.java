package io.tenure.alert.domain.delivery;

import java.time.Instant;

/**
 * What an attempt led to.
 *
 * @param state where the delivery stands now
 * @param number 1 for the first attempt; that of the attempt before when nothing was sent
 * @param result answer or error
 * @param time when it ended
 * @param nextTime when to try again; the same as time when there is nothing more to try
 */
public record Attempt(
    Delivery.State state, int number, String result, Instant time, Instant nextTime) {}
