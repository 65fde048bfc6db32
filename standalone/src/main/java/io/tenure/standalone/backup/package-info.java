/** Backups of an installation, encrypted with keys that can be destroyed, and their way back. */
@NullMarked
package io.tenure.standalone.backup;

import org.jspecify.annotations.NullMarked;
