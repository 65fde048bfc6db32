package io.tenure.profile.domain.erasure;

import java.time.Instant;

/**
 * A tombstone: it recognises one id or number of an erased person and holds neither.
 *
 * @param hash of the id or number
 * @param offset of an id that had left the person: up to where records of one log are theirs; -1
 *     when the id was theirs to the end
 * @param time records up to this time are theirs
 * @param erasureId names the erasure
 * @param highestNumber the highest number of the project then; new ones stay above it, so that no
 *     number of an erased person is ever given again
 */
public record Stone(String hash, long offset, Instant time, String erasureId, long highestNumber) {}
