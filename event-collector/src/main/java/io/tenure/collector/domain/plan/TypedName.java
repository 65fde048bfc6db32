package io.tenure.collector.domain.plan;

import org.jspecify.annotations.Nullable;

/**
 * A name as a record uses it.
 *
 * @param type of its value; null for events
 * @param planned whether a plan fixes the type, so that no first value can
 */
public record TypedName(Scope scope, String name, @Nullable PropertyType type, boolean planned) {}
