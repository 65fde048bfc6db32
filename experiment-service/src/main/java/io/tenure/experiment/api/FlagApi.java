package io.tenure.experiment.api;

import com.google.protobuf.Struct;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.evaluator.Value;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.exposure.Dealt;
import io.tenure.experiment.domain.exposure.ExposureTokens;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagImports;
import io.tenure.experiment.domain.flag.Flags;
import io.tenure.experiment.domain.serving.Evaluation;
import io.tenure.experiment.domain.serving.FlagEvaluation;
import io.tenure.experiment.domain.serving.FlagSnapshots;
import io.tenure.flagimport.Imported;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.CreateFlagRequest;
import io.tenure.proto.experiment.v1.CreateFlagResponse;
import io.tenure.proto.experiment.v1.DeleteFlagRequest;
import io.tenure.proto.experiment.v1.DeleteFlagResponse;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagResponse;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsResponse;
import io.tenure.proto.experiment.v1.ExplainFlagRequest;
import io.tenure.proto.experiment.v1.ExplainFlagResponse;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.GetFlagRequest;
import io.tenure.proto.experiment.v1.GetFlagResponse;
import io.tenure.proto.experiment.v1.ImportFlagsRequest;
import io.tenure.proto.experiment.v1.ImportFlagsResponse;
import io.tenure.proto.experiment.v1.ListFlagsRequest;
import io.tenure.proto.experiment.v1.ListFlagsResponse;
import io.tenure.proto.experiment.v1.StreamFlagsRequest;
import io.tenure.proto.experiment.v1.StreamFlagsResponse;
import io.tenure.proto.experiment.v1.UpdateFlagRequest;
import io.tenure.proto.experiment.v1.UpdateFlagResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of the flags. */
@GrpcService
public class FlagApi extends FlagServiceGrpc.FlagServiceImplBase {

  private static final Logger LOG = LoggerFactory.getLogger(FlagApi.class);
  private static final int DEFAULT_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final int LONGEST_TARGETING_KEY = 1_024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Flags flags;
  private final FlagEvaluation evaluation;
  private final FlagStreams streams;
  private final FlagImports imports;
  private final ExposureTokens tokens;
  private final MeterRegistry meters;

  FlagApi(
      Flags flags,
      FlagEvaluation evaluation,
      FlagSnapshots snapshots,
      ExposureTokens tokens,
      MeterRegistry meters) {
    this.flags = flags;
    this.evaluation = evaluation;
    this.streams = new FlagStreams(snapshots);
    this.imports = new FlagImports(flags);
    this.tokens = tokens;
    this.meters = meters;
  }

  /** Before the server waits for its calls to end. */
  @EventListener(ContextClosedEvent.class)
  void endStreams() {
    streams.close();
  }

  @Override
  public void createFlag(CreateFlagRequest request, StreamObserver<CreateFlagResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Flag> created = flags.create(caller, FlagMessages.read(request.getFlag()));
    reply(observer, CreateFlagResponse.newBuilder().setFlag(FlagMessages.write(created)).build());
  }

  @Override
  public void getFlag(GetFlagRequest request, StreamObserver<GetFlagResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Stored<Flag> flag = flags.get(caller.project(), request.getKey());
    reply(observer, GetFlagResponse.newBuilder().setFlag(FlagMessages.write(flag)).build());
  }

  @Override
  public void listFlags(ListFlagsRequest request, StreamObserver<ListFlagsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    PageRequest page = PageRequest.of(request, DEFAULT_PAGE, LARGEST_PAGE);
    List<Stored<Flag>> found = flags.list(caller.project(), page.after(), page.oneMore());
    ListFlagsResponse.Builder response = ListFlagsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            stored -> stored.content().key(),
            stored -> response.addFlags(FlagMessages.write(stored))));
    reply(observer, response.build());
  }

  @Override
  public void updateFlag(UpdateFlagRequest request, StreamObserver<UpdateFlagResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Flag> updated =
        flags.update(caller, FlagMessages.read(request.getFlag()), request.getFlag().getEtag());
    reply(observer, UpdateFlagResponse.newBuilder().setFlag(FlagMessages.write(updated)).build());
  }

  @Override
  public void deleteFlag(DeleteFlagRequest request, StreamObserver<DeleteFlagResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    flags.delete(caller, request.getKey());
    reply(observer, DeleteFlagResponse.getDefaultInstance());
  }

  @Override
  public void importFlags(
      ImportFlagsRequest request, StreamObserver<ImportFlagsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Imported imported = ImportMessages.read(request);
    FlagImports.Result result =
        request.getDryRun() ? imports.preview(caller, imported) : imports.create(caller, imported);
    reply(observer, ImportMessages.write(result));
  }

  @Override
  public void evaluateFlag(
      EvaluateFlagRequest request, StreamObserver<EvaluateFlagResponse> observer) {
    Caller caller = CallerContext.current();
    Evaluation decided =
        evaluation.evaluate(
            caller.project(),
            request.getFlagKey(),
            targetingKey(request.getTargetingKey()),
            context(request.getContext()));
    count(decided);
    reply(
        observer, EvaluateFlagResponse.newBuilder().setEvaluation(write(caller, decided)).build());
  }

  @Override
  public void evaluateFlags(
      EvaluateFlagsRequest request, StreamObserver<EvaluateFlagsResponse> observer) {
    Caller caller = CallerContext.current();
    FlagEvaluation.Evaluations decided =
        evaluation.evaluateAll(
            caller.project(),
            targetingKey(request.getTargetingKey()),
            context(request.getContext()),
            request.getEtag(),
            request.getHeardVersion());
    EvaluateFlagsResponse.Builder response =
        EvaluateFlagsResponse.newBuilder()
            .setEtag(decided.etag())
            .setNotModified(decided.notModified())
            .setVersion(decided.version());
    for (Evaluation one : decided.values()) {
      count(one);
      response.addEvaluations(write(caller, one));
    }
    reply(observer, response.build());
  }

  @Override
  public void explainFlag(
      ExplainFlagRequest request, StreamObserver<ExplainFlagResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    FlagEvaluation.Explanation explanation =
        evaluation.explain(
            caller.project(),
            request.getFlagKey(),
            targetingKey(request.getTargetingKey()),
            context(request.getContext()));
    reply(
        observer,
        ExplainFlagResponse.newBuilder()
            .setEvaluation(write(caller, explanation.evaluation()))
            .addAllSteps(explanation.steps().stream().map(ExplanationWriter::write).toList())
            .build());
  }

  @Override
  public void streamFlags(
      StreamFlagsRequest request, StreamObserver<StreamFlagsResponse> observer) {
    Caller caller =
        request.getVersionsOnly() ? CallerContext.current() : CallerContext.requiring(Role.ANALYST);
    streams.send(caller.project(), request, new PacedStream<>(observer, PATIENCE));
  }

  private io.tenure.proto.experiment.v1.Evaluation write(Caller caller, Evaluation evaluation) {
    Dealt dealt = evaluation.dealt();
    String token = dealt == null ? "" : tokens.sign(caller.project(), dealt);
    return FlagMessages.write(evaluation, token);
  }

  private static String targetingKey(String key) {
    if (key.isEmpty() || key.length() > LONGEST_TARGETING_KEY) {
      throw Failure.invalid("targeting_key", "1 to 1024 characters");
    }
    return key;
  }

  private static Map<String, Value> context(Struct context) {
    return ValueMessages.fields(context);
  }

  private void count(Evaluation decided) {
    meters
        .counter(
            FlagMeter.EVALUATIONS.meter(),
            "reason",
            decided.outcome().reason().name(),
            "degraded",
            Boolean.toString(decided.degraded()))
        .increment();
    if (decided.degraded()) {
      LOG.debug("Flag {} was decided without all that is stored", decided.outcome().flag());
    }
  }

  private static <T> void reply(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
