/** The command line. */
@NullMarked
package io.tenure.standalone;

import org.jspecify.annotations.NullMarked;
