/** The platform under faults, judged by books kept outside of it. */
@NullMarked
package io.tenure.standalone.faults;

import org.jspecify.annotations.NullMarked;
