/** Looking before the end without paying for it in false alarms. */
@NullMarked
package io.tenure.statistics.sequential;

import org.jspecify.annotations.NullMarked;
