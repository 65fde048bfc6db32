/**
 * What the tests of every module stand on: real stores, started once, and seeded property tests
 * that shrink what they find.
 */
@NullMarked
package io.tenure.platform.testing;

import org.jspecify.annotations.NullMarked;
