/** What every HTTP door shares: credentials, problem documents, bodies, security headers. */
@NullMarked
package io.tenure.gateway.api;

import org.jspecify.annotations.NullMarked;
