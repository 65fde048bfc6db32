/**
 * The event collector: takes events over HTTP, keeps them durably, and relays them to the stores.
 */
@NullMarked
package io.tenure.collector;

import org.jspecify.annotations.NullMarked;
