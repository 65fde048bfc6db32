/** What a project intends to collect, what was seen, and the steps that compare the two. */
@NullMarked
package io.tenure.collector.domain.plan;

import org.jspecify.annotations.NullMarked;
