/** Where tombstones and erasures are kept, and how the service's own stores forget somebody. */
@NullMarked
package io.tenure.profile.store.erasure;

import org.jspecify.annotations.NullMarked;
