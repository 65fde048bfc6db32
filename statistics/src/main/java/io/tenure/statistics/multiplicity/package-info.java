/** Many questions at once, and guardrails beside them. */
@NullMarked
package io.tenure.statistics.multiplicity;

import org.jspecify.annotations.NullMarked;
