package io.tenure.experiment.api;

import static io.tenure.experiment.api.Replies.reply;

import io.grpc.stub.StreamObserver;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.experiment.Holdouts;
import io.tenure.experiment.domain.experiment.Layer;
import io.tenure.experiment.domain.experiment.Layers;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.CreateHoldoutRequest;
import io.tenure.proto.experiment.v1.CreateHoldoutResponse;
import io.tenure.proto.experiment.v1.CreateLayerRequest;
import io.tenure.proto.experiment.v1.CreateLayerResponse;
import io.tenure.proto.experiment.v1.DeleteHoldoutRequest;
import io.tenure.proto.experiment.v1.DeleteHoldoutResponse;
import io.tenure.proto.experiment.v1.DeleteLayerRequest;
import io.tenure.proto.experiment.v1.DeleteLayerResponse;
import io.tenure.proto.experiment.v1.GetHoldoutRequest;
import io.tenure.proto.experiment.v1.GetHoldoutResponse;
import io.tenure.proto.experiment.v1.GetLayerRequest;
import io.tenure.proto.experiment.v1.GetLayerResponse;
import io.tenure.proto.experiment.v1.LayerServiceGrpc;
import io.tenure.proto.experiment.v1.ListHoldoutsRequest;
import io.tenure.proto.experiment.v1.ListHoldoutsResponse;
import io.tenure.proto.experiment.v1.ListLayersRequest;
import io.tenure.proto.experiment.v1.ListLayersResponse;
import io.tenure.proto.experiment.v1.UpdateHoldoutRequest;
import io.tenure.proto.experiment.v1.UpdateHoldoutResponse;
import io.tenure.proto.experiment.v1.UpdateLayerRequest;
import io.tenure.proto.experiment.v1.UpdateLayerResponse;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of layers and hold-outs. */
@GrpcService
public class LayerApi extends LayerServiceGrpc.LayerServiceImplBase {

  private final Layers layers;
  private final Holdouts holdouts;

  LayerApi(Layers layers, Holdouts holdouts) {
    this.layers = layers;
    this.holdouts = holdouts;
  }

  @Override
  public void createLayer(
      CreateLayerRequest request, StreamObserver<CreateLayerResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Layer> created = layers.create(caller, LayerMessages.read(request.getLayer()));
    reply(
        observer,
        CreateLayerResponse.newBuilder().setLayer(LayerMessages.writeLayer(created)).build());
  }

  @Override
  public void getLayer(GetLayerRequest request, StreamObserver<GetLayerResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Stored<Layer> found = layers.get(caller.project(), request.getKey());
    reply(
        observer, GetLayerResponse.newBuilder().setLayer(LayerMessages.writeLayer(found)).build());
  }

  @Override
  public void listLayers(ListLayersRequest request, StreamObserver<ListLayersResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    PageRequest page = PageRequest.of(request, Replies.DEFAULT_PAGE, Replies.LARGEST_PAGE);
    ListLayersResponse.Builder response = ListLayersResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            layers.list(caller.project(), page.after(), page.oneMore()),
            stored -> stored.content().key(),
            stored -> response.addLayers(LayerMessages.writeLayer(stored))));
    reply(observer, response.build());
  }

  @Override
  public void updateLayer(
      UpdateLayerRequest request, StreamObserver<UpdateLayerResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Layer> updated =
        layers.update(caller, LayerMessages.read(request.getLayer()), request.getLayer().getEtag());
    reply(
        observer,
        UpdateLayerResponse.newBuilder().setLayer(LayerMessages.writeLayer(updated)).build());
  }

  @Override
  public void deleteLayer(
      DeleteLayerRequest request, StreamObserver<DeleteLayerResponse> observer) {
    layers.delete(CallerContext.requiring(Role.EDITOR), request.getKey());
    reply(observer, DeleteLayerResponse.getDefaultInstance());
  }

  @Override
  public void createHoldout(
      CreateHoldoutRequest request, StreamObserver<CreateHoldoutResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Holdout> created = holdouts.create(caller, LayerMessages.read(request.getHoldout()));
    reply(
        observer,
        CreateHoldoutResponse.newBuilder().setHoldout(LayerMessages.writeHoldout(created)).build());
  }

  @Override
  public void getHoldout(GetHoldoutRequest request, StreamObserver<GetHoldoutResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Stored<Holdout> found = holdouts.get(caller.project(), request.getKey());
    reply(
        observer,
        GetHoldoutResponse.newBuilder().setHoldout(LayerMessages.writeHoldout(found)).build());
  }

  @Override
  public void listHoldouts(
      ListHoldoutsRequest request, StreamObserver<ListHoldoutsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    PageRequest page = PageRequest.of(request, Replies.DEFAULT_PAGE, Replies.LARGEST_PAGE);
    ListHoldoutsResponse.Builder response = ListHoldoutsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            holdouts.list(caller.project(), page.after(), page.oneMore()),
            stored -> stored.content().key(),
            stored -> response.addHoldouts(LayerMessages.writeHoldout(stored))));
    reply(observer, response.build());
  }

  @Override
  public void updateHoldout(
      UpdateHoldoutRequest request, StreamObserver<UpdateHoldoutResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    Stored<Holdout> updated =
        holdouts.update(
            caller, LayerMessages.read(request.getHoldout()), request.getHoldout().getEtag());
    reply(
        observer,
        UpdateHoldoutResponse.newBuilder().setHoldout(LayerMessages.writeHoldout(updated)).build());
  }

  @Override
  public void deleteHoldout(
      DeleteHoldoutRequest request, StreamObserver<DeleteHoldoutResponse> observer) {
    holdouts.delete(CallerContext.requiring(Role.EDITOR), request.getKey());
    reply(observer, DeleteHoldoutResponse.getDefaultInstance());
  }
}
