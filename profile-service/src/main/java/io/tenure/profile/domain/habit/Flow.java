package io.tenure.profile.domain.habit;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Money that came in or went out.
 *
 * @param date in the user's time zone
 * @param amount positive in either direction; 1 for each flow when amounts are not known
 */
public record Flow(LocalDate date, BigDecimal amount) {}
