/** Calls to other services. */
@NullMarked
package io.tenure.collector.client;

import org.jspecify.annotations.NullMarked;
