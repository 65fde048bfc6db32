/** What records say about consent, and whose records are not taken. */
@NullMarked
package io.tenure.collector.domain.consent;

import org.jspecify.annotations.NullMarked;
