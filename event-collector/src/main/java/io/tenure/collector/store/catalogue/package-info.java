/** Names and their types, as collectors learn them and agree on them. */
@NullMarked
package io.tenure.collector.store.catalogue;

import org.jspecify.annotations.NullMarked;
