/** The protocols: from bytes to drafts, from drafts to records. */
@NullMarked
package io.tenure.collector.domain.dialect;

import org.jspecify.annotations.NullMarked;
