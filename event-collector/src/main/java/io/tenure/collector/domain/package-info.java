/** What happens to a record: shape, judgement, the log, the relay; and the ports they need. */
@NullMarked
package io.tenure.collector.domain;

import org.jspecify.annotations.NullMarked;
