package io.tenure.segment.api;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.RememberedAnswers;
import io.tenure.segment.domain.analysis.RememberedAnswers.Remembered;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.Watermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Gives answers, remembered ones where they are as good as new: nothing has changed since, or the
 * caller accepts their age. Two queries that mean the same in the contract are one question.
 */
@Component
public final class Answers {

  /** After this long a period may have ended, so that an incomplete number is complete. */
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final Analyses analyses;
  private final RememberedAnswers remembered;
  private final Watermark watermark;
  private final Clock clock;

  /** Answers of the given analyses. */
  public Answers(
      Analyses analyses, RememberedAnswers remembered, Watermark watermark, Clock clock) {
    this.analyses = analyses;
    this.remembered = remembered;
    this.watermark = watermark;
    this.clock = clock;
  }

  /**
   * @param maxAge how old an answer may be even if something has changed since
   */
  AnalysisResult give(Run run, ProjectId project, AskedModel<?, ?, ?> asked, Duration maxAge) {
    String question = key(project, asked.query(), asked.scope());
    String version = watermark.version();
    Optional<AnalysisResult> known =
        remembered
            .find(question)
            .filter(answer -> isGood(answer, version, maxAge))
            .map(Answers::repeated);
    return known.orElseGet(
        () -> {
          AnalysisResult result = asked.result(analyses, run, project, version);
          remembered.keep(question, new Remembered(version, clock.instant(), result.toByteArray()));
          return result;
        });
  }

  private boolean isGood(Remembered answer, String version, Duration maxAge) {
    Duration age = Duration.between(answer.computeTime(), clock.instant());
    return answer.version().equals(version)
        ? age.compareTo(MAX_AGE) < 0
        : age.compareTo(maxAge) <= 0 && !maxAge.isZero();
  }

  private static AnalysisResult repeated(Remembered answer) {
    try {
      AnalysisResult.Builder result = AnalysisResult.newBuilder().mergeFrom(answer.bytes());
      result.getFreshnessBuilder().setRepeated(true);
      return result.build();
    } catch (InvalidProtocolBufferException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** The range is as it was understood, because the last seven days are others tomorrow. */
  private static String key(ProjectId project, AnalysisQuery query, Scope scope) {
    String range = scope.range().start() + "/" + scope.range().end();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(range.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update(bytes(query));
      return project.value() + ":" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(AnalysisQuery query) {
    byte[] bytes = new byte[query.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      query.writeTo(output);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes;
  }
}
