/** The clock's door: sweeps and deliveries that nobody asked for. */
@NullMarked
package io.tenure.alert.job;

import org.jspecify.annotations.NullMarked;
