/** What there is about one person in the collector's tables. */
@NullMarked
package io.tenure.collector.store.export;

import org.jspecify.annotations.NullMarked;
