/** How a rule would have done in the past. */
@NullMarked
package io.tenure.alert.domain.backtest;

import org.jspecify.annotations.NullMarked;
