package io.tenure.standalone.demo;

import java.time.Instant;

/**
 * How the rule of the demonstration did at one instant.
 *
 * @param asOf the instant
 * @param users customers who had not left already
 * @param warned of them, those the rule warns about
 * @param warnedLost warned customers who then left
 * @param lost all customers who then left
 */
public record RuleTruth(Instant asOf, int users, int warned, int warnedLost, int lost) {}
