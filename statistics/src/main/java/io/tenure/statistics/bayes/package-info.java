/** What to believe about a difference, and what a decision risks. */
@NullMarked
package io.tenure.statistics.bayes;

import org.jspecify.annotations.NullMarked;
