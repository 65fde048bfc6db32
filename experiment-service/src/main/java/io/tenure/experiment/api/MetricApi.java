package io.tenure.experiment.api;

import static io.tenure.experiment.api.Replies.reply;

import io.grpc.stub.StreamObserver;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.Metrics;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.CreateMetricRequest;
import io.tenure.proto.experiment.v1.CreateMetricResponse;
import io.tenure.proto.experiment.v1.DeleteMetricRequest;
import io.tenure.proto.experiment.v1.DeleteMetricResponse;
import io.tenure.proto.experiment.v1.GetMetricRequest;
import io.tenure.proto.experiment.v1.GetMetricResponse;
import io.tenure.proto.experiment.v1.ListMetricsRequest;
import io.tenure.proto.experiment.v1.ListMetricsResponse;
import io.tenure.proto.experiment.v1.MetricServiceGrpc;
import io.tenure.proto.experiment.v1.UpdateMetricRequest;
import io.tenure.proto.experiment.v1.UpdateMetricResponse;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of metrics. */
@GrpcService
public class MetricApi extends MetricServiceGrpc.MetricServiceImplBase {

  private final Metrics metrics;

  MetricApi(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void createMetric(
      CreateMetricRequest request, StreamObserver<CreateMetricResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Metric> created = metrics.create(caller, MetricMessages.read(request.getMetric()));
    reply(
        observer,
        CreateMetricResponse.newBuilder().setMetric(MetricMessages.write(created)).build());
  }

  @Override
  public void getMetric(GetMetricRequest request, StreamObserver<GetMetricResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Stored<Metric> found = metrics.get(caller.project(), request.getKey());
    reply(observer, GetMetricResponse.newBuilder().setMetric(MetricMessages.write(found)).build());
  }

  @Override
  public void listMetrics(
      ListMetricsRequest request, StreamObserver<ListMetricsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    PageRequest page = PageRequest.of(request, Replies.DEFAULT_PAGE, Replies.LARGEST_PAGE);
    ListMetricsResponse.Builder response = ListMetricsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            metrics.list(caller.project(), page.after(), page.oneMore()),
            stored -> stored.content().key(),
            stored -> response.addMetrics(MetricMessages.write(stored))));
    reply(observer, response.build());
  }

  @Override
  public void updateMetric(
      UpdateMetricRequest request, StreamObserver<UpdateMetricResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Metric> updated =
        metrics.update(
            caller, MetricMessages.read(request.getMetric()), request.getMetric().getEtag());
    reply(
        observer,
        UpdateMetricResponse.newBuilder().setMetric(MetricMessages.write(updated)).build());
  }

  @Override
  public void deleteMetric(
      DeleteMetricRequest request, StreamObserver<DeleteMetricResponse> observer) {
    metrics.delete(CallerContext.requiring(Role.EDITOR), request.getKey());
    reply(observer, DeleteMetricResponse.getDefaultInstance());
  }
}
