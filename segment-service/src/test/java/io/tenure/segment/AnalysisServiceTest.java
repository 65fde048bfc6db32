package io.tenure.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisRun;
import io.tenure.proto.analysis.v1.AnalysisRunState;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import io.tenure.proto.analysis.v1.CancelAnalysisRunRequest;
import io.tenure.proto.analysis.v1.CreateDashboardRequest;
import io.tenure.proto.analysis.v1.CreateSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.Dashboard;
import io.tenure.proto.analysis.v1.DashboardTile;
import io.tenure.proto.analysis.v1.DeleteDashboardRequest;
import io.tenure.proto.analysis.v1.DeleteSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.ExportAnalysisRequest;
import io.tenure.proto.analysis.v1.ExportAnalysisResponse;
import io.tenure.proto.analysis.v1.ExportFormat;
import io.tenure.proto.analysis.v1.FunnelCell;
import io.tenure.proto.analysis.v1.GetAnalysisRunRequest;
import io.tenure.proto.analysis.v1.GetSavedAnalysisRequest;
import io.tenure.proto.analysis.v1.ListDashboardsRequest;
import io.tenure.proto.analysis.v1.ListSavedAnalysesRequest;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.SavedAnalysis;
import io.tenure.proto.analysis.v1.SavedAnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.SavedAnalysisServiceGrpc.SavedAnalysisServiceBlockingStub;
import io.tenure.proto.analysis.v1.StartAnalysisRequest;
import io.tenure.proto.analysis.v1.UpdateDashboardRequest;
import io.tenure.proto.analysis.v1.UpdateSavedAnalysisRequest;
import io.tenure.proto.segment.v1.ComputeSegmentRequest;
import io.tenure.proto.segment.v1.CreateSegmentFromAnalysisRequest;
import io.tenure.proto.segment.v1.ListMembersRequest;
import io.tenure.proto.segment.v1.Member;
import io.tenure.proto.segment.v1.Segment;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import io.tenure.proto.segment.v1.SegmentServiceGrpc.SegmentServiceBlockingStub;
import io.tenure.proto.segment.v1.UpdateSegmentRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is the same for all models: repeated answers, background, files, saving, segments. */
final class AnalysisServiceTest {

  private static final AnalysisQuery FUNNEL =
      question(
          """
          "funnel": {"steps": [{"name": "Open"}, {"name": "Sign"}], "window": "3600s",
            "breakdown": {"property": "channel"}}
          """);

  private static Bank bank;
  private static SegmentServer server;
  private static AnalysisServiceBlockingStub analyses;
  private static SavedAnalysisServiceBlockingStub saved;
  private static SegmentServiceBlockingStub segments;

  @BeforeAll
  static void start() {
    bank = Bank.open("analysis_service");
    bank.event(1, "Open", "2026-03-01T10:00:00Z", "channel", "=1+1")
        .event(1, "Sign", "2026-03-01T10:05:00Z")
        .event(2, "Open", "2026-03-01T10:00:00Z", "channel", "a \"b\", c")
        .event(3, "Open", "2026-03-01T10:00:00Z")
        .profiles(1, 2, 3, 4)
        .store();
    server = new SegmentServer(bank);
    analyses = AnalysisServiceGrpc.newBlockingStub(server.channel());
    saved = SavedAnalysisServiceGrpc.newBlockingStub(server.channel());
    segments = SegmentServiceGrpc.newBlockingStub(server.channel());
  }

  @AfterAll
  static void stop() {
    server.close();
    bank.close();
  }

  @Test
  void repeatsAnAnswerWhileNothingHasChanged() {
    AnalysisQuery logins =
        question("\"trend\": {\"measures\": [{\"selector\": {\"name\": \"Beat\"}}]}");
    AnalysisResult first = run(RunAnalysisRequest.newBuilder().setQuery(logins));
    AnalysisResult second = run(RunAnalysisRequest.newBuilder().setQuery(logins));
    assertThat(first.getFreshness().getRepeated()).isFalse();
    assertThat(second.getFreshness().getRepeated()).isTrue();
    assertThat(second.getTrend()).isEqualTo(first.getTrend());

    bank.event(3, "Beat", "2026-03-02T10:00:00Z").store();
    RunAnalysisRequest.Builder patient = RunAnalysisRequest.newBuilder().setQuery(logins);
    patient.getMaxAgeBuilder().setSeconds(300);
    assertThat(run(patient).getTrend()).isEqualTo(first.getTrend());
    AnalysisResult third = run(RunAnalysisRequest.newBuilder().setQuery(logins));
    assertThat(third.getFreshness().getRepeated()).isFalse();
    assertThat(third.getTrend().getSeries(0).getTotal().getDecimal()).isEqualTo("1");
  }

  @Test
  void answersInTheBackground() throws Exception {
    AnalysisRun begun =
        analyst(
            () ->
                analyses
                    .startAnalysis(StartAnalysisRequest.newBuilder().setQuery(FUNNEL).build())
                    .getRun());
    assertThat(begun.getState()).isEqualTo(AnalysisRunState.ANALYSIS_RUN_STATE_RUNNING);
    assertThat(begun.getRows()).isPositive();
    AnalysisRun run = begun;
    while (run.getState() == AnalysisRunState.ANALYSIS_RUN_STATE_RUNNING) {
      Thread.sleep(100);
      run = analyst(() -> background(begun.getId()));
    }
    assertThat(run.getState()).isEqualTo(AnalysisRunState.ANALYSIS_RUN_STATE_DONE);
    assertThat(run.getResult().getFunnel().getSteps(0).getUsers()).isEqualTo(3);
    assertThat(failure(() -> background("nothing")).reason()).isEqualTo(Reason.NOT_FOUND);
    CancelAnalysisRunRequest late =
        CancelAnalysisRunRequest.newBuilder().setId(begun.getId()).build();
    analyst(() -> analyses.cancelAnalysisRun(late));
    assertThat(analyst(() -> background(begun.getId())).getState())
        .isEqualTo(AnalysisRunState.ANALYSIS_RUN_STATE_DONE);
  }

  @Test
  void writesCsvThatNoSpreadsheetComputes() {
    Export export = export(ExportFormat.EXPORT_FORMAT_CSV);
    assertThat(export.type()).isEqualTo("text/csv; charset=utf-8");
    assertThat(new String(export.bytes(), StandardCharsets.UTF_8).lines())
        .startsWith(
            "part,value,start,incomplete,step,name,users,attempts,step_rate,total_rate,lost_users,"
                + "median_time,odds_ratio,odds_low,odds_high",
            "\"all\",,,false,0,\"Open\",3,3,1.0,1.0,0,,,,")
        .contains(
            "\"value\",\"'=1+1\",,false,1,\"Sign\",1,1,1.0,1.0,0,300.000,,,",
            "\"value\",\"a \"\"b\"\", c\",,false,0,\"Open\",1,1,1.0,1.0,0,,,,",
            "\"value\",,,false,0,\"Open\",1,1,1.0,1.0,0,,,,");
  }

  @Test
  void writesParquetThatTheStoreReadsBack() {
    Export export = export(ExportFormat.EXPORT_FORMAT_PARQUET);
    assertThat(export.type()).isEqualTo("application/vnd.apache.parquet");
    String ends = new String(export.bytes(), StandardCharsets.ISO_8859_1);
    assertThat(ends).startsWith("PAR1").endsWith("PAR1").contains("lost_users");
    assertThat(
            bank.clickHouse()
                .query(
                    "SELECT count() AS rows FROM exported_rows",
                    Map.of(),
                    row -> row.getLong("rows")))
        .as("rows of a file that is written are gone")
        .containsExactly(0L);
  }

  @Test
  void aSavedQuestionLivesFromCreationToDeletion() {
    SavedAnalysis draft =
        SavedAnalysis.newBuilder()
            .setId("signing")
            .setDisplayName("签约漏斗")
            .setDescription("Who signs")
            .setQuery(FUNNEL)
            .build();
    SavedAnalysis created = editor(() -> create(draft));
    assertThat(created.getQuery()).isEqualTo(FUNNEL);
    assertThat(analyst(() -> get("signing"))).isEqualTo(created);
    assertThat(failure(() -> create(draft)).reason()).isEqualTo(Reason.PERMISSION_DENIED);
    SavedAnalysis nonsense =
        draft.toBuilder()
            .setId("other")
            .setQuery(AnalysisQuery.newBuilder().setScope(FUNNEL.getScope()))
            .build();
    assertThat(failure(Role.EDITOR, () -> create(nonsense)).violations())
        .extracting(FieldViolation::field)
        .containsExactly("query");
    SavedAnalysis renamed = created.toBuilder().setDisplayName("Signing").build();
    SavedAnalysis updated = editor(() -> update(renamed));
    assertThat(updated.getDisplayName()).isEqualTo("Signing");
    assertThat(failure(Role.EDITOR, () -> update(renamed)).reason()).isEqualTo(Reason.ABORTED);

    Dashboard board =
        Dashboard.newBuilder()
            .setId("board")
            .addTiles(DashboardTile.newBuilder().setAnalysisId("signing"))
            .build();
    Dashboard kept =
        editor(
            () ->
                saved
                    .createDashboard(
                        CreateDashboardRequest.newBuilder().setDashboard(board).build())
                    .getDashboard());
    assertThat(kept.getTiles(0).getWidth()).isEqualTo(6);
    assertThat(
            analyst(() -> saved.listDashboards(ListDashboardsRequest.getDefaultInstance()))
                .getDashboardsList())
        .containsExactly(kept);
    Dashboard empty =
        kept.toBuilder().setTiles(0, DashboardTile.newBuilder().setAnalysisId("no")).build();
    assertThat(
            failure(
                    Role.EDITOR,
                    () ->
                        saved.updateDashboard(
                            UpdateDashboardRequest.newBuilder().setDashboard(empty).build()))
                .violations())
        .extracting(FieldViolation::field)
        .containsExactly("dashboard.tiles[0].analysis_id");
    DeleteSavedAnalysisRequest delete =
        DeleteSavedAnalysisRequest.newBuilder().setId("signing").build();
    assertThat(failure(Role.EDITOR, () -> saved.deleteSavedAnalysis(delete)).reason())
        .isEqualTo(Reason.FAILED_PRECONDITION);
    editor(() -> saved.deleteDashboard(DeleteDashboardRequest.newBuilder().setId("board").build()));
    editor(() -> saved.deleteSavedAnalysis(delete));
    assertThat(
            analyst(() -> saved.listSavedAnalyses(ListSavedAnalysesRequest.getDefaultInstance()))
                .getAnalysesList())
        .isEmpty();
  }

  @Test
  void theUsersBehindANumberBecomeASegmentAndFollowMerges() {
    AnalysisCell lost =
        AnalysisCell.newBuilder()
            .setFunnel(FunnelCell.newBuilder().setStep(1).setLost(true))
            .build();
    CreateSegmentFromAnalysisRequest request =
        CreateSegmentFromAnalysisRequest.newBuilder()
            .setSegment(Segment.newBuilder().setId("lost-before-signing"))
            .setQuery(FUNNEL)
            .setCell(lost)
            .build();
    Segment created = editor(() -> segments.createSegmentFromAnalysis(request).getSegment());
    assertThat(created.getFixedMembers()).isTrue();
    assertThat(created.hasCondition()).isFalse();
    assertThat(members("lost-before-signing")).containsExactly(2, 3);

    bank.clickHouse()
        .insert(
            "user_overrides_v1",
            List.of(Map.of("project_id", bank.project().value(), "old_number", 3, "new_number", 4)),
            null);
    editor(
        () ->
            segments.computeSegment(
                ComputeSegmentRequest.newBuilder().setId("lost-before-signing").build()));
    assertThat(members("lost-before-signing")).containsExactly(2, 4);
    Segment renamed =
        editor(
            () ->
                segments
                    .updateSegment(
                        UpdateSegmentRequest.newBuilder()
                            .setSegment(created.toBuilder().setDisplayName("Lost"))
                            .build())
                    .getSegment());
    assertThat(renamed.getSnapshot().getMembers()).isEqualTo(2);
  }

  private record Export(byte[] bytes, String type) {}

  private static Export export(ExportFormat format) {
    return analyst(
        () -> {
          Iterator<ExportAnalysisResponse> parts =
              analyses.exportAnalysis(
                  ExportAnalysisRequest.newBuilder().setQuery(FUNNEL).setFormat(format).build());
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          List<String> types = new ArrayList<>();
          while (parts.hasNext()) {
            ExportAnalysisResponse part = parts.next();
            types.add(part.getContentType());
            part.getContent().writeTo(bytes);
          }
          return new Export(bytes.toByteArray(), types.getFirst());
        });
  }

  private static AnalysisResult run(RunAnalysisRequest.Builder request) {
    return analyst(() -> analyses.runAnalysis(request.build()).getResult());
  }

  private static AnalysisRun background(String id) {
    return analyses.getAnalysisRun(GetAnalysisRunRequest.newBuilder().setId(id).build()).getRun();
  }

  private static SavedAnalysis create(SavedAnalysis draft) {
    return saved
        .createSavedAnalysis(CreateSavedAnalysisRequest.newBuilder().setAnalysis(draft).build())
        .getAnalysis();
  }

  private static SavedAnalysis update(SavedAnalysis draft) {
    return saved
        .updateSavedAnalysis(UpdateSavedAnalysisRequest.newBuilder().setAnalysis(draft).build())
        .getAnalysis();
  }

  private static SavedAnalysis get(String id) {
    return saved
        .getSavedAnalysis(GetSavedAnalysisRequest.newBuilder().setId(id).build())
        .getAnalysis();
  }

  private static List<Integer> members(String id) {
    return analyst(() -> segments.listMembers(ListMembersRequest.newBuilder().setId(id).build()))
        .getMembersList()
        .stream()
        .map(Member::getUserNumber)
        .toList();
  }

  private static <T> T analyst(Callable<T> action) {
    return server.as(Role.ANALYST, action);
  }

  private static <T> T editor(Callable<T> action) {
    return server.as(Role.EDITOR, action);
  }

  private static Failure failure(Callable<?> action) {
    return failure(Role.ANALYST, action);
  }

  private static Failure failure(Role role, Callable<?> action) {
    return server.failure(role, action);
  }

  private static AnalysisQuery question(String model) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    String scope =
        "\"scope\": {\"interval\": {\"start_time\": \"2026-03-01T00:00:00Z\", \"end_time\":"
            + " \"2026-03-04T00:00:00Z\"}}";
    try {
      JsonFormat.parser().merge("{" + scope + ", " + model + "}", query);
    } catch (InvalidProtocolBufferException exception) {
      throw new IllegalArgumentException(exception);
    }
    return query.build();
  }
}
