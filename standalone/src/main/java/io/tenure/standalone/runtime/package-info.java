/** Runs the platform on one machine: stores, services, secrets. */
@NullMarked
package io.tenure.standalone.runtime;

import org.jspecify.annotations.NullMarked;
