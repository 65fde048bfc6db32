/** The books: what was received and where it ended. */
@NullMarked
package io.tenure.collector.domain.ledger;

import org.jspecify.annotations.NullMarked;
