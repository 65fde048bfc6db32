package io.tenure.gateway.api.abtest;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.Problems;
import io.tenure.gateway.api.Query;
import io.tenure.gateway.api.Refusal;
import io.tenure.gateway.api.Replies;
import io.tenure.gateway.api.SendingLimit;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Register;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The fetch of Sensors Data's A/B SDKs: an app that has one takes part in our experiments as it is.
 * Decided by the flag service as for everybody else. Every reply has the protocol's {@code status},
 * failures too, since some of the SDKs break on a body without.
 */
public final class AbTestRoutes {

  /** Where the SDKs ask. */
  public static final String PATH = "/api/v2/abtest/online/results";

  private static final String KEY = "project-key";

  private final Register register;
  private final SendingLimit limit;
  private final BoundedBody bodies;
  private final FlagServiceGrpc.FlagServiceBlockingStub flags;

  /** Decisions of the flag service behind a channel. */
  public AbTestRoutes(Register register, SendingLimit limit, BoundedBody bodies, Channel flags) {
    this.register = register;
    this.limit = limit;
    this.bodies = bodies;
    this.flags = FlagServiceGrpc.newBlockingStub(flags);
  }

  /** The routes. */
  public RouterFunction<ServerResponse> router() {
    return RouterFunctions.route(RequestPredicates.path(PATH), this::results);
  }

  private ServerResponse results(ServerRequest request) {
    try {
      return Replies.json(200, Answer.of(decide(request.servletRequest())), headers -> {});
    } catch (Refusal refusal) {
      String type = HttpStatus.valueOf(refusal.status()).name();
      return failed(refusal.status(), type, refusal.detail(), refusal.headers());
    } catch (Failure failure) {
      if (failure.reason() == Reason.INTERNAL) {
        throw failure;
      }
      Reason reason = failure.reason();
      return failed(Problems.status(reason), reason.name(), failure.text(), Map.of());
    }
  }

  private List<Evaluation> decide(HttpServletRequest servlet) {
    if (!servlet.getMethod().equals("POST")) {
      throw Refusal.method("POST");
    }
    AccessKey key = key(servlet);
    limit.take(key.id(), SendingLimit.Later.TOO_MANY_REQUESTS);
    Question question = Question.read(bodies.read(servlet));
    return CallerContext.as(
        key.caller(), () -> question.parameter().isEmpty() ? all(question) : one(question));
  }

  /** Most SDKs name it in the address, those of phones in a header. */
  private AccessKey key(HttpServletRequest servlet) {
    return Optional.ofNullable(servlet.getHeader(KEY))
        .or(() -> Query.first(servlet.getQueryString(), KEY))
        .flatMap(register::key)
        .filter(key -> key.kind() == AccessKey.Kind.WRITE)
        .orElseThrow(
            () ->
                Failure.of(
                    Reason.UNAUTHENTICATED, "The request carries no valid write key in " + KEY));
  }

  private List<Evaluation> all(Question question) {
    try {
      return flags
          .evaluateFlags(
              EvaluateFlagsRequest.newBuilder()
                  .setTargetingKey(question.targetingKey())
                  .setContext(question.context())
                  .build())
          .getEvaluationsList();
    } catch (StatusRuntimeException status) {
      throw FailureStatus.fromStatus(status);
    }
  }

  /** A parameter nobody has made a flag of is no mistake: the app then has its default. */
  private List<Evaluation> one(Question question) {
    try {
      return List.of(
          flags
              .evaluateFlag(
                  EvaluateFlagRequest.newBuilder()
                      .setFlagKey(question.parameter())
                      .setTargetingKey(question.targetingKey())
                      .setContext(question.context())
                      .build())
              .getEvaluation());
    } catch (StatusRuntimeException status) {
      Failure failure = FailureStatus.fromStatus(status);
      if (failure.reason() == Reason.NOT_FOUND) {
        return List.of();
      }
      throw failure;
    }
  }

  private static ServerResponse failed(
      int status, String type, String error, Map<String, String> headers) {
    return Replies.json(status, Answer.failed(type, error), target -> headers.forEach(target::set));
  }
}
