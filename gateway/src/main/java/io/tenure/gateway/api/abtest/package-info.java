/** Experiments for apps that ask with the A/B SDKs of Sensors Data. */
@NullMarked
package io.tenure.gateway.api.abtest;

import org.jspecify.annotations.NullMarked;
