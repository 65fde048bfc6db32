package io.tenure.collector.domain.log;

import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/**
 * What one request puts into the log, all or nothing.
 *
 * @param project of the credential; what is only counted counts for it
 * @param records to keep; each may be of another project its credential opens
 * @param refused how many records are only counted, by reason
 */
public record Submission(
    ProjectId project, List<LogRecord> records, Map<RefuseReason, Integer> refused) {}
