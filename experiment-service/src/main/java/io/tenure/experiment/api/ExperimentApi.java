package io.tenure.experiment.api;

import static io.tenure.experiment.api.Replies.reply;

import io.grpc.stub.StreamObserver;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Experiments;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.CreateExperimentRequest;
import io.tenure.proto.experiment.v1.CreateExperimentResponse;
import io.tenure.proto.experiment.v1.DeleteExperimentRequest;
import io.tenure.proto.experiment.v1.DeleteExperimentResponse;
import io.tenure.proto.experiment.v1.ExperimentServiceGrpc;
import io.tenure.proto.experiment.v1.GetExperimentRequest;
import io.tenure.proto.experiment.v1.GetExperimentResponse;
import io.tenure.proto.experiment.v1.ListExperimentChangesRequest;
import io.tenure.proto.experiment.v1.ListExperimentChangesResponse;
import io.tenure.proto.experiment.v1.ListExperimentsRequest;
import io.tenure.proto.experiment.v1.ListExperimentsResponse;
import io.tenure.proto.experiment.v1.MoveExperimentRequest;
import io.tenure.proto.experiment.v1.MoveExperimentResponse;
import io.tenure.proto.experiment.v1.UpdateExperimentRequest;
import io.tenure.proto.experiment.v1.UpdateExperimentResponse;
import java.time.Clock;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of experiments. */
@GrpcService
public class ExperimentApi extends ExperimentServiceGrpc.ExperimentServiceImplBase {

  private final Experiments experiments;
  private final Clock clock;

  ExperimentApi(Experiments experiments, Clock clock) {
    this.experiments = experiments;
    this.clock = clock;
  }

  @Override
  public void createExperiment(
      CreateExperimentRequest request, StreamObserver<CreateExperimentResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    io.tenure.proto.experiment.v1.Experiment message = request.getExperiment();
    Stored<Experiment> created =
        experiments.create(caller, message.getKey(), DesignMessages.read(message));
    reply(observer, CreateExperimentResponse.newBuilder().setExperiment(write(created)).build());
  }

  @Override
  public void getExperiment(
      GetExperimentRequest request, StreamObserver<GetExperimentResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Stored<Experiment> found = experiments.get(caller.project(), request.getKey());
    reply(observer, GetExperimentResponse.newBuilder().setExperiment(write(found)).build());
  }

  @Override
  public void listExperiments(
      ListExperimentsRequest request, StreamObserver<ListExperimentsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    PageRequest page = PageRequest.of(request, Replies.DEFAULT_PAGE, Replies.LARGEST_PAGE);
    List<Stored<Experiment>> found =
        experiments.list(caller.project(), request.getFlagKey(), page.after(), page.oneMore());
    ListExperimentsResponse.Builder response = ListExperimentsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            stored -> stored.content().key(),
            stored -> response.addExperiments(write(stored))));
    reply(observer, response.build());
  }

  @Override
  public void updateExperiment(
      UpdateExperimentRequest request, StreamObserver<UpdateExperimentResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    io.tenure.proto.experiment.v1.Experiment message = request.getExperiment();
    Stored<Experiment> updated =
        experiments.update(
            caller, message.getKey(), DesignMessages.read(message), message.getEtag());
    reply(observer, UpdateExperimentResponse.newBuilder().setExperiment(write(updated)).build());
  }

  @Override
  public void deleteExperiment(
      DeleteExperimentRequest request, StreamObserver<DeleteExperimentResponse> observer) {
    experiments.delete(CallerContext.requiring(Role.EDITOR), request.getKey());
    reply(observer, DeleteExperimentResponse.getDefaultInstance());
  }

  @Override
  public void moveExperiment(
      MoveExperimentRequest request, StreamObserver<MoveExperimentResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Experiment> moved =
        experiments.move(
            caller,
            request.getKey(),
            ExperimentMessages.move(request),
            request.getComment(),
            request.getEtag());
    reply(observer, MoveExperimentResponse.newBuilder().setExperiment(write(moved)).build());
  }

  @Override
  public void listExperimentChanges(
      ListExperimentChangesRequest request,
      StreamObserver<ListExperimentChangesResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Experiment experiment = experiments.get(caller.project(), request.getKey()).content();
    reply(
        observer,
        ListExperimentChangesResponse.newBuilder()
            .addAllChanges(experiment.changes().stream().map(ExperimentMessages::write).toList())
            .build());
  }

  private io.tenure.proto.experiment.v1.Experiment write(Stored<Experiment> stored) {
    return ExperimentMessages.write(stored, clock.instant());
  }
}
