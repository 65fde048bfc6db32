/** Whether units arrived in the arms as they were meant to. */
@NullMarked
package io.tenure.statistics.balance;

import org.jspecify.annotations.NullMarked;
