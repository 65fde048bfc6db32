package io.tenure.segment.domain.funnel;

import java.util.List;

/**
 * Events of one user, in order of time.
 *
 * @param events as {@link Packing} makes them; whoever gets a journey may change them
 * @param values for each event the value a breakdown asks for: {@code =} and the text, or empty
 *     where the event has none; empty without a breakdown
 */
public record Journey(long[] events, List<String> values) {}
