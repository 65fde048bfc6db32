/** Keys, and the envelopes in which SDKs send encrypted records. */
@NullMarked
package io.tenure.collector.domain.encryption;

import org.jspecify.annotations.NullMarked;
