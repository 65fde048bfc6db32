package io.tenure.standalone.runtime;

/**
 * Where the two stores are: embedded ones, or servers elsewhere when their addresses are
 * configured.
 *
 * @param clickHouseUrl HTTP address
 * @param clickHouseUsername user
 * @param clickHousePassword password
 * @param clickHouseDatabase database
 * @param redisUrl {@code redis://...}
 */
public record Stores(
    String clickHouseUrl,
    String clickHouseUsername,
    String clickHousePassword,
    String clickHouseDatabase,
    String redisUrl) {}
