/** Who was exported. */
@NullMarked
package io.tenure.profile.store.export;

import org.jspecify.annotations.NullMarked;
