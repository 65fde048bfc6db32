/** Sealing what tells who somebody is before it reaches a store, with a key of each user. */
@NullMarked
package io.tenure.profile.store.seal;

import org.jspecify.annotations.NullMarked;
