package io.tenure.segment.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.CreateDashboardRequest;
import io.tenure.proto.analysis.v1.CreateDashboardResponse;
import io.tenure.proto.analysis.v1.CreateSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.CreateSavedAnalysisResponse;
import io.tenure.proto.analysis.v1.Dashboard;
import io.tenure.proto.analysis.v1.DashboardTile;
import io.tenure.proto.analysis.v1.DeleteDashboardRequest;
import io.tenure.proto.analysis.v1.DeleteDashboardResponse;
import io.tenure.proto.analysis.v1.DeleteSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.DeleteSavedAnalysisResponse;
import io.tenure.proto.analysis.v1.GetDashboardRequest;
import io.tenure.proto.analysis.v1.GetDashboardResponse;
import io.tenure.proto.analysis.v1.GetSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.GetSavedAnalysisResponse;
import io.tenure.proto.analysis.v1.ListDashboardsRequest;
import io.tenure.proto.analysis.v1.ListDashboardsResponse;
import io.tenure.proto.analysis.v1.ListSavedAnalysesRequest;
import io.tenure.proto.analysis.v1.ListSavedAnalysesResponse;
import io.tenure.proto.analysis.v1.SavedAnalysis;
import io.tenure.proto.analysis.v1.SavedAnalysisServiceGrpc.SavedAnalysisServiceImplBase;
import io.tenure.proto.analysis.v1.UpdateDashboardRequest;
import io.tenure.proto.analysis.v1.UpdateDashboardResponse;
import io.tenure.proto.analysis.v1.UpdateSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.UpdateSavedAnalysisResponse;
import io.tenure.segment.domain.saved.AnalysisDraft;
import io.tenure.segment.domain.saved.DashboardDraft;
import io.tenure.segment.domain.saved.Heading;
import io.tenure.segment.domain.saved.Saved;
import io.tenure.segment.domain.saved.SavedAnalyses;
import java.util.ArrayList;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** The door to what is kept of analyses. */
@GrpcService
public final class SavedAnalysisApi extends SavedAnalysisServiceImplBase {

  private static final int STANDARD_WIDTH = 6;

  private final SavedAnalyses saved;
  private final ModelDoors doors;

  /** A door to what is kept; only questions that a model understands are. */
  public SavedAnalysisApi(SavedAnalyses saved, ModelDoors doors) {
    this.saved = saved;
    this.doors = doors;
  }

  @Override
  public void createSavedAnalysis(
      CreateSavedAnalysisRequest request, StreamObserver<CreateSavedAnalysisResponse> observer) {
    Caller author = Access.editor();
    var kept = saved.create(author, draft(author.project(), request.getAnalysis()));
    answer(observer, CreateSavedAnalysisResponse.newBuilder().setAnalysis(analysis(kept)).build());
  }

  @Override
  public void getSavedAnalysis(
      GetSavedAnalysisRequest request, StreamObserver<GetSavedAnalysisResponse> observer) {
    var kept = saved.analysis(Access.reader(), request.getId());
    answer(observer, GetSavedAnalysisResponse.newBuilder().setAnalysis(analysis(kept)).build());
  }

  @Override
  public void listSavedAnalyses(
      ListSavedAnalysesRequest request, StreamObserver<ListSavedAnalysesResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 1000);
    ListSavedAnalysesResponse.Builder response = ListSavedAnalysesResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            saved.analyses(project, page.after(), page.oneMore()),
            Saved::id,
            kept -> response.addAnalyses(analysis(kept))));
    answer(observer, response.build());
  }

  @Override
  public void updateSavedAnalysis(
      UpdateSavedAnalysisRequest request, StreamObserver<UpdateSavedAnalysisResponse> observer) {
    Caller author = Access.editor();
    var kept =
        saved.update(
            author,
            draft(author.project(), request.getAnalysis()),
            request.getAnalysis().getEtag());
    answer(observer, UpdateSavedAnalysisResponse.newBuilder().setAnalysis(analysis(kept)).build());
  }

  @Override
  public void deleteSavedAnalysis(
      DeleteSavedAnalysisRequest request, StreamObserver<DeleteSavedAnalysisResponse> observer) {
    saved.deleteAnalysis(Access.editor(), request.getId());
    answer(observer, DeleteSavedAnalysisResponse.getDefaultInstance());
  }

  @Override
  public void createDashboard(
      CreateDashboardRequest request, StreamObserver<CreateDashboardResponse> observer) {
    var kept = saved.create(Access.editor(), draft(request.getDashboard()));
    answer(observer, CreateDashboardResponse.newBuilder().setDashboard(dashboard(kept)).build());
  }

  @Override
  public void getDashboard(
      GetDashboardRequest request, StreamObserver<GetDashboardResponse> observer) {
    var kept = saved.dashboard(Access.reader(), request.getId());
    answer(observer, GetDashboardResponse.newBuilder().setDashboard(dashboard(kept)).build());
  }

  @Override
  public void listDashboards(
      ListDashboardsRequest request, StreamObserver<ListDashboardsResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 1000);
    ListDashboardsResponse.Builder response = ListDashboardsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            saved.dashboards(project, page.after(), page.oneMore()),
            Saved::id,
            kept -> response.addDashboards(dashboard(kept))));
    answer(observer, response.build());
  }

  @Override
  public void updateDashboard(
      UpdateDashboardRequest request, StreamObserver<UpdateDashboardResponse> observer) {
    var kept =
        saved.update(
            Access.editor(), draft(request.getDashboard()), request.getDashboard().getEtag());
    answer(observer, UpdateDashboardResponse.newBuilder().setDashboard(dashboard(kept)).build());
  }

  @Override
  public void deleteDashboard(
      DeleteDashboardRequest request, StreamObserver<DeleteDashboardResponse> observer) {
    saved.deleteDashboard(Access.editor(), request.getId());
    answer(observer, DeleteDashboardResponse.getDefaultInstance());
  }

  private AnalysisDraft draft(ProjectId project, SavedAnalysis analysis) {
    Heading heading =
        Fields.at(
            "analysis",
            () ->
                new Heading(
                    analysis.getId(), analysis.getDisplayName(), analysis.getDescription()));
    doors.read(project, analysis.getQuery());
    return new AnalysisDraft(heading, json(analysis.getQuery()));
  }

  private static DashboardDraft draft(Dashboard dashboard) {
    Heading heading =
        Fields.at(
            "dashboard",
            () ->
                new Heading(
                    dashboard.getId(), dashboard.getDisplayName(), dashboard.getDescription()));
    List<DashboardDraft.Tile> tiles = new ArrayList<>();
    for (int index = 0; index < dashboard.getTilesCount(); index++) {
      DashboardTile tile = dashboard.getTiles(index);
      int width = tile.getWidth() == 0 ? STANDARD_WIDTH : tile.getWidth();
      tiles.add(
          Fields.at(
              "dashboard.tiles[" + index + "]",
              () -> new DashboardDraft.Tile(tile.getAnalysisId(), tile.getTitle(), width)));
    }
    return Fields.at("dashboard.tiles", () -> new DashboardDraft(heading, tiles));
  }

  private static SavedAnalysis analysis(Saved<AnalysisDraft> kept) {
    Heading heading = kept.draft().heading();
    return SavedAnalysis.newBuilder()
        .setId(heading.id())
        .setDisplayName(heading.displayName())
        .setDescription(heading.description())
        .setQuery(query(kept.draft().query()))
        .setCreateTime(Fields.timestamp(kept.createTime()))
        .setUpdateTime(Fields.timestamp(kept.updateTime()))
        .setEtag(kept.etag())
        .build();
  }

  private static Dashboard dashboard(Saved<DashboardDraft> kept) {
    Heading heading = kept.draft().heading();
    Dashboard.Builder message =
        Dashboard.newBuilder()
            .setId(heading.id())
            .setDisplayName(heading.displayName())
            .setDescription(heading.description())
            .setCreateTime(Fields.timestamp(kept.createTime()))
            .setUpdateTime(Fields.timestamp(kept.updateTime()))
            .setEtag(kept.etag());
    for (DashboardDraft.Tile tile : kept.draft().tiles()) {
      message.addTiles(
          DashboardTile.newBuilder()
              .setAnalysisId(tile.analysisId())
              .setTitle(tile.title())
              .setWidth(tile.width()));
    }
    return message.build();
  }

  private static String json(AnalysisQuery query) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(query);
    } catch (InvalidProtocolBufferException impossible) {
      throw Failure.of(Reason.INTERNAL, "A query cannot be written", impossible);
    }
  }

  /** A field a later version knows and this one does not is left out. */
  private static AnalysisQuery query(String json) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, query);
    } catch (InvalidProtocolBufferException malformed) {
      throw Failure.of(Reason.INTERNAL, "A saved query cannot be read", malformed);
    }
    return query.build();
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
