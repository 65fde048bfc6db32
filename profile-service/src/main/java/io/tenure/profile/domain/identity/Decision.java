package io.tenure.profile.domain.identity;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/**
 * The record that decided whose an id is.
 *
 * @param kind of id
 * @param id the id
 * @param rule why
 * @param logId the record's log
 * @param offset the record's place in it
 * @param userNumber whose the id is from there on; 0 for nobody's
 * @param formerUserNumber whose it was before; 0 for nobody's
 * @param otherId the other id of the record; by ID_MAPPING the one it was weighed against, as
 *     {@code KEY:VALUE}; empty for none
 * @param otherUserNumber whom the record is about when it left the id as it was; else 0
 * @param eventTime device time of the record
 * @param decideTime when it was decided
 */
public record Decision(
    ProjectId project,
    IdKind kind,
    String id,
    Rule rule,
    String logId,
    long offset,
    long userNumber,
    long formerUserNumber,
    String otherId,
    long otherUserNumber,
    Instant eventTime,
    Instant decideTime) {}
