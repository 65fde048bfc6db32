package io.tenure.profile.domain.habit;

/**
 * Whether somebody buys on weekends.
 *
 * @param weekendShopper whether most purchases fall on closed days, more than chance explains
 * @param share of purchase days that are closed days, drawn towards chance when there are few
 */
public record WeekendShopping(boolean weekendShopper, double share) {}
