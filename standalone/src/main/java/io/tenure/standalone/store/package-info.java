/** What the installation itself asks its stores for. */
@NullMarked
package io.tenure.standalone.store;

import org.jspecify.annotations.NullMarked;
