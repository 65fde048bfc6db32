/** What is kept aside, in ClickHouse. */
@NullMarked
package io.tenure.collector.store.quarantine;

import org.jspecify.annotations.NullMarked;
