package io.tenure.experiment.domain.experiment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to an experiment.
 *
 * @param action what: create, update, or that of a {@link Move}
 * @param from state before; null for the creation
 * @param to state after
 * @param author who
 * @param time when
 * @param comment why
 */
public record Change(
    String action, @Nullable State from, State to, String author, Instant time, String comment) {}
