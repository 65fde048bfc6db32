/** What taking events costs: the real platform, a load generator beside it, and baselines. */
@NullMarked
package io.tenure.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
