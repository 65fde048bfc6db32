package io.tenure.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.alert.v1.AlertServiceGrpc;
import io.tenure.proto.alert.v1.BacktestRuleRequest;
import io.tenure.proto.alert.v1.BacktestRuleResponse;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.ListEventsRequest;
import io.tenure.proto.analysis.v1.ListEventsResponse;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.RunAnalysisResponse;
import io.tenure.proto.evaluator.v1.UnitType;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectResponse;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.EventOutcome.Result;
import io.tenure.proto.event.v1.GetLedgerRequest;
import io.tenure.proto.event.v1.GetLedgerResponse;
import io.tenure.proto.event.v1.Ledger;
import io.tenure.proto.experiment.v1.CalculateSampleSizeRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeResponse;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagResponse;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsResponse;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.Participation;
import io.tenure.proto.experiment.v1.Reason;
import io.tenure.proto.experiment.v1.StatisticsServiceGrpc;
import io.tenure.proto.experiment.v1.StreamFlagsRequest;
import io.tenure.proto.experiment.v1.StreamFlagsResponse;
import io.tenure.proto.export.v1.ExportPersonRequest;
import io.tenure.proto.export.v1.ExportPersonResponse;
import io.tenure.proto.export.v1.ExportServiceGrpc;
import io.tenure.proto.profile.v1.ExplainIdentityRequest;
import io.tenure.proto.profile.v1.ExplainIdentityResponse;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.GetProfileResponse;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import io.tenure.proto.profile.v1.UpdateIdentityPlanResponse;
import io.tenure.proto.segment.v1.ComputeSegmentRequest;
import io.tenure.proto.segment.v1.ComputeSegmentResponse;
import io.tenure.proto.segment.v1.Segment;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import io.tenure.proto.segment.v1.UpdateSegmentRequest;
import io.tenure.proto.segment.v1.UpdateSegmentResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Services that answer in this process and remember the last request and its caller. */
final class ServiceStubs implements AutoCloseable {

  static final List<String> NAMES =
      List.of(
          "event-collector",
          "profile-service",
          "segment-service",
          "experiment-service",
          "alert-service");

  private final AtomicReference<Object> request = new AtomicReference<>();
  private final AtomicReference<Caller> caller = new AtomicReference<>();
  final AtomicReference<String> traceParent = new AtomicReference<>("");
  private final List<Server> servers = new ArrayList<>();

  /** Whoever listens to changes of flags. */
  final AtomicReference<@Nullable StreamObserver<StreamFlagsResponse>> listening =
      new AtomicReference<>();

  /** Whether the reader of the last export that was cut off had left. */
  final AtomicBoolean exportCancelled = new AtomicBoolean();

  ServiceStubs() {
    start("event-collector", collector());
    start("profile-service", profiles(), identities(), exports());
    start("segment-service", segments(), analyses());
    start("experiment-service", flags(), calculators());
    start("alert-service", alerts());
  }

  /** The last request. */
  <Q> Q request(Class<Q> type) {
    return type.cast(Objects.requireNonNull(request.get()));
  }

  /** The caller of the last request. */
  Caller caller() {
    return Objects.requireNonNull(caller.get());
  }

  private void start(String name, BindableService... services) {
    InProcessServerBuilder builder = InProcessServerBuilder.forName("gateway-test-" + name);
    for (BindableService service : services) {
      builder.addService(
          ServerInterceptors.intercept(service, new TraceReader(), new CallerPropagation()));
    }
    builder.addService(new HealthStatusManager().getHealthService());
    try {
      servers.add(builder.build().start());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private final class TraceReader implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String text = headers.get(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER));
      traceParent.set(text == null ? "" : text);
      return next.startCall(call, headers);
    }
  }

  private <Q, R> void answer(Q received, StreamObserver<R> observer, Function<Q, R> action) {
    request.set(received);
    CallerContext.find().ifPresent(caller::set);
    try {
      observer.onNext(action.apply(received));
      observer.onCompleted();
    } catch (Failure failure) {
      observer.onError(FailureStatus.toStatus(failure));
    }
  }

  private CollectorServiceGrpc.CollectorServiceImplBase collector() {
    return new CollectorServiceGrpc.CollectorServiceImplBase() {
      @Override
      public void collect(CollectRequest wanted, StreamObserver<CollectResponse> observer) {
        answer(
            wanted,
            observer,
            ignored ->
                CollectResponse.newBuilder()
                    .addOutcomes(EventOutcome.newBuilder().setResult(Result.RESULT_ACCEPTED))
                    .build());
      }

      @Override
      public void getLedger(GetLedgerRequest wanted, StreamObserver<GetLedgerResponse> observer) {
        answer(
            wanted,
            observer,
            ignored ->
                GetLedgerResponse.newBuilder()
                    .setLedger(
                        Ledger.newBuilder()
                            .setReceived(12)
                            .setAccepted(Long.MAX_VALUE)
                            .putQuarantineReasons("EVENT_NAME_INVALID", 2))
                    .build());
      }
    };
  }

  private ProfileServiceGrpc.ProfileServiceImplBase profiles() {
    return new ProfileServiceGrpc.ProfileServiceImplBase() {
      @Override
      public void getProfile(
          GetProfileRequest wanted, StreamObserver<GetProfileResponse> observer) {
        answer(
            wanted,
            observer,
            found -> {
              if (found.getId().equals("nobody")) {
                throw Failure.notFound("profile", "nobody");
              }
              if (found.getId().equals("defect")) {
                throw new IllegalStateException("secret internals");
              }
              return GetProfileResponse.newBuilder()
                  .setProfile(Profile.newBuilder().setLoginId(found.getId()).setUserNumber(-1))
                  .build();
            });
      }
    };
  }

  /** Documents in parts: whole, failing at a place, or going on until the reader leaves. */
  private ExportServiceGrpc.ExportServiceImplBase exports() {
    return new ExportServiceGrpc.ExportServiceImplBase() {
      @Override
      public void exportPerson(
          ExportPersonRequest wanted, StreamObserver<ExportPersonResponse> observer) {
        PacedStream<ExportPersonResponse> stream =
            new PacedStream<>(observer, Duration.ofMinutes(1));
        try {
          switch (wanted.getUserId()) {
            case "nobody" -> throw Failure.notFound("profile", "nobody");
            case "small" -> {
              for (String part : List.of("{\"parts\":[0", ",1", ",2]}")) {
                stream.send(part(part));
              }
              stream.end();
            }
            case "fails-early" -> {
              stream.send(part("{"));
              throw Failure.unavailable("away", Duration.ofSeconds(1));
            }
            case "fails-late" -> {
              stream.send(part("{" + " ".repeat(100_000)));
              throw Failure.unavailable("away", Duration.ofSeconds(1));
            }
            default -> {
              while (true) {
                stream.send(part(" ".repeat(50_000)));
              }
            }
          }
        } catch (Failure failure) {
          exportCancelled.set(((ServerCallStreamObserver<?>) observer).isCancelled());
          observer.onError(FailureStatus.toStatus(failure));
        }
      }
    };
  }

  private static ExportPersonResponse part(String text) {
    return ExportPersonResponse.newBuilder().setContent(ByteString.copyFromUtf8(text)).build();
  }

  private IdentityServiceGrpc.IdentityServiceImplBase identities() {
    return new IdentityServiceGrpc.IdentityServiceImplBase() {
      @Override
      public void updateIdentityPlan(
          UpdateIdentityPlanRequest wanted, StreamObserver<UpdateIdentityPlanResponse> observer) {
        answer(
            wanted,
            observer,
            changed -> UpdateIdentityPlanResponse.newBuilder().setPlan(changed.getPlan()).build());
      }

      @Override
      public void explainIdentity(
          ExplainIdentityRequest wanted, StreamObserver<ExplainIdentityResponse> observer) {
        answer(
            wanted,
            observer,
            ignored -> ExplainIdentityResponse.newBuilder().setUserNumber(7).build());
      }
    };
  }

  private SegmentServiceGrpc.SegmentServiceImplBase segments() {
    return new SegmentServiceGrpc.SegmentServiceImplBase() {
      @Override
      public void updateSegment(
          UpdateSegmentRequest wanted, StreamObserver<UpdateSegmentResponse> observer) {
        answer(
            wanted,
            observer,
            changed -> UpdateSegmentResponse.newBuilder().setSegment(changed.getSegment()).build());
      }

      @Override
      public void computeSegment(
          ComputeSegmentRequest wanted, StreamObserver<ComputeSegmentResponse> observer) {
        answer(
            wanted,
            observer,
            computed ->
                ComputeSegmentResponse.newBuilder()
                    .setSegment(Segment.newBuilder().setId(computed.getId()))
                    .build());
      }
    };
  }

  private AnalysisServiceGrpc.AnalysisServiceImplBase analyses() {
    return new AnalysisServiceGrpc.AnalysisServiceImplBase() {
      @Override
      public void listEvents(
          ListEventsRequest wanted, StreamObserver<ListEventsResponse> observer) {
        answer(wanted, observer, ignored -> ListEventsResponse.getDefaultInstance());
      }

      @Override
      public void runAnalysis(
          RunAnalysisRequest wanted, StreamObserver<RunAnalysisResponse> observer) {
        answer(
            wanted,
            observer,
            query -> {
              if (query.getQuery().getFunnel().getStepsCount() < 2) {
                throw Failure.invalid(
                    List.of(new FieldViolation("query.funnel.steps", "must have 2 to 20 steps")));
              }
              return RunAnalysisResponse.getDefaultInstance();
            });
      }
    };
  }

  private AlertServiceGrpc.AlertServiceImplBase alerts() {
    return new AlertServiceGrpc.AlertServiceImplBase() {
      @Override
      public void backtestRule(
          BacktestRuleRequest wanted, StreamObserver<BacktestRuleResponse> observer) {
        answer(wanted, observer, ignored -> BacktestRuleResponse.getDefaultInstance());
      }
    };
  }

  private StatisticsServiceGrpc.StatisticsServiceImplBase calculators() {
    return new StatisticsServiceGrpc.StatisticsServiceImplBase() {
      @Override
      public void calculateSampleSize(
          CalculateSampleSizeRequest wanted, StreamObserver<CalculateSampleSizeResponse> observer) {
        answer(
            wanted,
            observer,
            _ ->
                CalculateSampleSizeResponse.newBuilder()
                    .addArmUnits(31_231)
                    .addArmUnits(31_231)
                    .setTotalUnits(62_462)
                    .build());
      }
    };
  }

  private FlagServiceGrpc.FlagServiceImplBase flags() {
    return new FlagServiceGrpc.FlagServiceImplBase() {
      @Override
      public void evaluateFlag(
          EvaluateFlagRequest wanted, StreamObserver<EvaluateFlagResponse> observer) {
        answer(
            wanted,
            observer,
            flag -> {
              if (flag.getFlagKey().equals("missing")) {
                throw Failure.notFound("flag", "missing");
              }
              if (flag.getFlagKey().equals("away")) {
                throw Failure.unavailable("Nobody answers", Duration.ofSeconds(3));
              }
              Evaluation.Builder evaluation = evaluation(flag.getFlagKey()).toBuilder();
              if (flag.getFlagKey().equals("tested")) {
                evaluation.setParticipation(participation(flag.getTargetingKey()));
              }
              return EvaluateFlagResponse.newBuilder().setEvaluation(evaluation).build();
            });
      }

      @Override
      public void evaluateFlags(
          EvaluateFlagsRequest wanted, StreamObserver<EvaluateFlagsResponse> observer) {
        answer(
            wanted,
            observer,
            asked -> {
              String etag = "etag-" + asked.getTargetingKey();
              EvaluateFlagsResponse.Builder response =
                  EvaluateFlagsResponse.newBuilder().setEtag(etag).setVersion("v1");
              return asked.getEtag().equals(etag)
                  ? response.setNotModified(true).build()
                  : response
                      .addEvaluations(evaluation("one"))
                      .addEvaluations(
                          evaluation("two").toBuilder()
                              .setValue(Value.newBuilder().setStringValue(asked.getTargetingKey()))
                              .setParticipation(participation(asked.getTargetingKey())))
                      .build();
            });
      }

      /** Says a version at once, and each that the test offers. */
      @Override
      public void streamFlags(
          StreamFlagsRequest wanted, StreamObserver<StreamFlagsResponse> observer) {
        ServerCallStreamObserver<StreamFlagsResponse> caller =
            (ServerCallStreamObserver<StreamFlagsResponse>) observer;
        caller.setOnCancelHandler(() -> listening.set(null));
        caller.onNext(StreamFlagsResponse.newBuilder().setVersion("v1").build());
        listening.set(caller);
      }
    };
  }

  private static Participation participation(String unit) {
    return Participation.newBuilder()
        .setExperiment("two-test")
        .setPhase(1)
        .setUnitType(UnitType.UNIT_TYPE_USER)
        .setUnit(unit)
        .setControl("off")
        .setDealt(true)
        .build();
  }

  private static Evaluation evaluation(String key) {
    return Evaluation.newBuilder()
        .setFlagKey(key)
        .setValue(Value.newBuilder().setBoolValue(true))
        .setVariant("on")
        .setReason(Reason.REASON_TARGETING_MATCH)
        .setRule("vips")
        .build();
  }

  @Override
  public void close() {
    servers.forEach(Server::shutdownNow);
  }
}
