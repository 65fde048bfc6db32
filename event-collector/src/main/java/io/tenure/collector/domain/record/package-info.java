/** What is known about one record: its forms, its identity, and the verdicts about it. */
@NullMarked
package io.tenure.collector.domain.record;

import org.jspecify.annotations.NullMarked;
