/** What pieces of the services cost, measured beside a baseline. */
@NullMarked
package io.tenure.benchmarks;

import org.jspecify.annotations.NullMarked;
