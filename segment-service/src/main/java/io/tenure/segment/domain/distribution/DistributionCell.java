package io.tenure.segment.domain.distribution;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One number of a distribution, behind which there are users.
 *
 * @param frame number of the frame, from 0
 * @param inactive the users who did nothing, instead of a bucket
 * @param least where the bucket begins; empty for the one without a lower limit
 */
public record DistributionCell(int frame, boolean inactive, Optional<BigDecimal> least) {}
