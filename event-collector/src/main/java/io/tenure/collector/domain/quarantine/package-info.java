/** Records kept aside: finding them, showing them, repairing them and bringing them in. */
@NullMarked
package io.tenure.collector.domain.quarantine;

import org.jspecify.annotations.NullMarked;
