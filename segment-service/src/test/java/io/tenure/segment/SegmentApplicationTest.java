package io.tenure.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import io.tenure.proto.analysis.v1.Calendar;
import io.tenure.proto.analysis.v1.CalendarServiceGrpc;
import io.tenure.proto.analysis.v1.CalendarServiceGrpc.CalendarServiceBlockingStub;
import io.tenure.proto.analysis.v1.CreateCalendarRequest;
import io.tenure.proto.analysis.v1.DeleteCalendarRequest;
import io.tenure.proto.analysis.v1.EstimateAnalysisRequest;
import io.tenure.proto.analysis.v1.EstimateAnalysisResponse;
import io.tenure.proto.analysis.v1.EventName;
import io.tenure.proto.analysis.v1.Funnel;
import io.tenure.proto.analysis.v1.FunnelCell;
import io.tenure.proto.analysis.v1.FunnelStep;
import io.tenure.proto.analysis.v1.GetCalendarRequest;
import io.tenure.proto.analysis.v1.ListAnalysisUsersRequest;
import io.tenure.proto.analysis.v1.ListAnalysisUsersResponse;
import io.tenure.proto.analysis.v1.ListCalendarsRequest;
import io.tenure.proto.analysis.v1.ListEventNamesRequest;
import io.tenure.proto.analysis.v1.ListEventsRequest;
import io.tenure.proto.analysis.v1.ListEventsResponse;
import io.tenure.proto.analysis.v1.RetentionCell;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import io.tenure.proto.analysis.v1.StoredEvent;
import io.tenure.proto.analysis.v1.TrendCell;
import io.tenure.proto.analysis.v1.TrendSeries;
import io.tenure.proto.analysis.v1.UpdateCalendarRequest;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.segment.v1.ComputeSegmentRequest;
import io.tenure.proto.segment.v1.CreateSegmentRequest;
import io.tenure.proto.segment.v1.DeleteSegmentRequest;
import io.tenure.proto.segment.v1.EvaluateRequest;
import io.tenure.proto.segment.v1.GetSegmentRequest;
import io.tenure.proto.segment.v1.ListMembersRequest;
import io.tenure.proto.segment.v1.ListMembersResponse;
import io.tenure.proto.segment.v1.ListMembershipsRequest;
import io.tenure.proto.segment.v1.ListSegmentsRequest;
import io.tenure.proto.segment.v1.ListSegmentsResponse;
import io.tenure.proto.segment.v1.Member;
import io.tenure.proto.segment.v1.Segment;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import io.tenure.proto.segment.v1.SegmentServiceGrpc.SegmentServiceBlockingStub;
import io.tenure.proto.segment.v1.UpdateSegmentRequest;
import io.tenure.segment.job.RecomputeJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole service on real stores, asked as the gateway and its neighbours ask it. */
final class SegmentApplicationTest {

  private static final String GOLD =
      "{\"trait\": {\"name\": \"tier\", \"operator\": \"OPERATOR_EQUAL\", \"values\": [\"gold\"]}}";
  private static final String RANGE =
      "\"scope\": {\"interval\": {\"start_time\": \"2026-03-01T00:00:00Z\", \"end_time\":"
          + " \"2026-03-04T00:00:00Z\"}}";

  private static Bank bank;
  private static SegmentServer server;
  private static SegmentServiceBlockingStub segments;
  private static AnalysisServiceBlockingStub analyses;
  private static CalendarServiceBlockingStub calendars;

  @BeforeAll
  static void start() {
    bank = Bank.open("segment_service");
    for (int user = 1; user <= 7; user++) {
      bank.profile(user, "tier", user % 2 == 1 ? "\"gold\"" : "\"silver\"");
      bank.event(
          user, "Login", "2026-03-01T10:00:00Z", "balance", "12.50", "card", "007", "ok", "true");
    }
    bank.event(1, "Transfer", "2026-03-01T10:05:00Z")
        .event(2, "Transfer", "2026-03-01T10:05:00Z")
        .event(2, "Transfer", "2026-03-02T10:05:00Z")
        .store();
    server = new SegmentServer(bank);
    ManagedChannel channel = server.channel();
    segments = SegmentServiceGrpc.newBlockingStub(channel);
    analyses = AnalysisServiceGrpc.newBlockingStub(channel);
    calendars = CalendarServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    server.close();
    bank.close();
  }

  @Test
  void aCalendarLivesFromCreationToDeletion() {
    Calendar desk =
        Calendar.newBuilder()
            .setId("desk")
            .setTimeZone("Asia/Shanghai")
            .addClosedWeekdays(io.tenure.proto.analysis.v1.Weekday.WEEKDAY_SUNDAY)
            .setFirstYear(2026)
            .setLastYear(2026)
            .addClosedDates(
                io.tenure.proto.analysis.v1.CalendarDates.newBuilder().setFirstDate("2026-01-01"))
            .build();
    Calendar created = as(Role.EDITOR, () -> calendars.createCalendar(create(desk)).getCalendar());
    assertThat(created.toBuilder().clearCreateTime().clearUpdateTime().clearEtag().build())
        .isEqualTo(desk);
    assertThat(as(Role.ANALYST, () -> calendar("desk"))).isEqualTo(created);
    Calendar shipped = as(Role.ANALYST, () -> calendar("cn-exchanges"));
    assertThat(shipped.getShipped()).isTrue();
    assertThat(
            as(
                Role.ANALYST,
                () ->
                    calendars
                        .listCalendars(ListCalendarsRequest.getDefaultInstance())
                        .getCalendarsList()))
        .extracting(Calendar::getId)
        .containsExactly("cn-exchanges", "cn-workdays", "desk", "weekdays");

    var update =
        UpdateCalendarRequest.newBuilder().setCalendar(created.toBuilder().setLastYear(2027));
    Calendar updated =
        as(Role.EDITOR, () -> calendars.updateCalendar(update.build()).getCalendar());
    assertThat(updated.getLastYear()).isEqualTo(2027);
    assertThat(failure(Role.EDITOR, () -> calendars.updateCalendar(update.build())).reason())
        .isEqualTo(Reason.ABORTED);
    assertThat(failure(Role.EDITOR, () -> calendars.createCalendar(create(shipped))).reason())
        .isEqualTo(Reason.FAILED_PRECONDITION);
    Failure wrong =
        failure(
            Role.EDITOR,
            () ->
                calendars.createCalendar(
                    create(desk.toBuilder().setId("other").setTimeZone("Mars").build())));
    assertThat(wrong.violations())
        .extracting(FieldViolation::field)
        .containsExactly("calendar.time_zone");

    as(
        Role.EDITOR,
        () -> calendars.deleteCalendar(DeleteCalendarRequest.newBuilder().setId("desk").build()));
    assertThat(failure(Role.ANALYST, () -> calendar("desk")).reason()).isEqualTo(Reason.NOT_FOUND);
  }

  private static Calendar calendar(String id) {
    return calendars.getCalendar(GetCalendarRequest.newBuilder().setId(id).build()).getCalendar();
  }

  private static CreateCalendarRequest create(Calendar calendar) {
    return CreateCalendarRequest.newBuilder().setCalendar(calendar).build();
  }

  @Test
  void aSegmentLivesFromCreationToDeletion() {
    Segment created = create("gold-users", GOLD);
    assertThat(created.getSnapshot().getMembers()).isEqualTo(4);
    assertThat(created.getCondition()).isEqualTo(condition(GOLD));
    assertThat(as(Role.ANALYST, () -> get("gold-users"))).isEqualTo(created);
    assertThat(members("gold-users", 10))
        .extracting(Member::getUserNumber)
        .containsExactly(1, 3, 5, 7);
    assertThat(memberships(3)).contains("gold-users");
    assertThat(memberships(2)).doesNotContain("gold-users");

    Segment changed =
        as(
            Role.EDITOR,
            () ->
                segments
                    .updateSegment(
                        UpdateSegmentRequest.newBuilder()
                            .setSegment(
                                created.toBuilder()
                                    .setCondition(condition("{\"not\": " + GOLD + "}")))
                            .build())
                    .getSegment());
    assertThat(changed.getSnapshot().getMembers()).isEqualTo(3);
    assertThat(changed.getEtag()).isNotEqualTo(created.getEtag());
    assertThat(memberships(3)).doesNotContain("gold-users");
    assertThat(
            failure(
                Role.EDITOR,
                () ->
                    segments.updateSegment(
                        UpdateSegmentRequest.newBuilder().setSegment(created).build())))
        .extracting(Failure::reason)
        .isEqualTo(Reason.ABORTED);

    as(Role.EDITOR, () -> segments.deleteSegment(delete("gold-users")));
    assertThat(failure(Role.ANALYST, () -> get("gold-users")).reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(memberships(2)).doesNotContain("gold-users");
    assertThat(create("gold-users", GOLD).getSnapshot().getMembers()).isEqualTo(4);
    as(Role.EDITOR, () -> segments.deleteSegment(delete("gold-users")));
  }

  @Test
  void listsMembersPageByPageWithTheirLoginIds() {
    create("paged", GOLD);
    assertThat(members("paged", 3))
        .extracting(Member::getUserNumber, Member::getLoginId)
        .containsExactly(
            tuple(1, "login-1"), tuple(3, "login-3"), tuple(5, "login-5"), tuple(7, "login-7"));
  }

  @Test
  void listsSegmentsPageByPage() {
    create("list-a", GOLD);
    create("list-b", GOLD);
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      String page = token;
      ListSegmentsResponse response =
          as(
              Role.ANALYST,
              () ->
                  segments.listSegments(
                      ListSegmentsRequest.newBuilder().setPageSize(1).setPageToken(page).build()));
      response.getSegmentsList().forEach(segment -> ids.add(segment.getId()));
      token = response.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(ids).contains("list-a", "list-b").isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aSegmentThatOthersAskForIsKeptAndCyclesAreRefused() {
    create("base", GOLD);
    create("derived", "{\"not\": {\"segment\": {\"segment_id\": \"base\"}}}");

    Failure used = failure(Role.EDITOR, () -> segments.deleteSegment(delete("base")));
    assertThat(used.reason()).isEqualTo(Reason.FAILED_PRECONDITION);
    assertThat(used.text()).contains("derived");
    Failure cycle =
        failure(
            Role.EDITOR,
            () ->
                segments.updateSegment(
                    UpdateSegmentRequest.newBuilder()
                        .setSegment(segment("base", "{\"segment\": {\"segment_id\": \"derived\"}}"))
                        .build()));
    assertThat(cycle.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(cycle.text()).contains("base -> derived -> base");
    assertThat(as(Role.ANALYST, () -> get("derived")).getSnapshot().getMembers()).isEqualTo(3);
  }

  @Test
  void theJobComputesPartsBeforeWhatIsMadeOfThem() {
    create(
        "z-part",
        "{\"event\": {\"selector\": {\"name\": \"Later\"}, \"operator\": \"OPERATOR_GREATER\"}}");
    create("a-whole", "{\"segment\": {\"segment_id\": \"z-part\"}}");
    assertThat(as(Role.ANALYST, () -> get("a-whole")).getSnapshot().getMembers()).isZero();
    bank.event(6, "Later", "2026-03-05T10:00:00Z").store();

    server.bean(RecomputeJob.class).recompute();

    assertThat(as(Role.ANALYST, () -> get("a-whole")).getSnapshot().getMembers()).isEqualTo(1);
    assertThat(
            server
                .bean(MeterRegistry.class)
                .get("tenure.segment.computations")
                .tag("outcome", "computed")
                .counter()
                .count())
        .isGreaterThanOrEqualTo(2);
    assertThat(
            as(
                    Role.EDITOR,
                    () ->
                        segments.computeSegment(
                            ComputeSegmentRequest.newBuilder().setId("a-whole").build()))
                .getSegment()
                .getSnapshot()
                .getMembers())
        .isEqualTo(1);
  }

  @Test
  void evaluatesWithoutStoring() {
    EvaluateRequest request = EvaluateRequest.newBuilder().setCondition(condition(GOLD)).build();
    assertThat(as(Role.ANALYST, () -> segments.evaluate(request)).getUserNumbersList())
        .containsExactly(1, 3, 5, 7);
    assertThat(
            as(
                Role.ANALYST,
                () -> segments.evaluate(request.toBuilder().setCountOnly(true).build())))
        .satisfies(
            response -> {
              assertThat(response.getTotalSize()).isEqualTo(4);
              assertThat(response.getUserNumbersList()).isEmpty();
            });
  }

  @Test
  void runsEveryAnalysis() {
    AnalysisQuery funnel =
        question(
            "funnel",
            "\"steps\": [{\"name\": \"Login\"}, {\"name\": \"Transfer\"}], \"window\": \"3600s\"");
    assertThat(run(funnel).getFunnel().getStepsList())
        .extracting(FunnelStep::getUsers)
        .containsExactly(7L, 2L);
    ListAnalysisUsersResponse lost =
        as(
            Role.ANALYST,
            () ->
                analyses.listAnalysisUsers(
                    ListAnalysisUsersRequest.newBuilder()
                        .setQuery(funnel)
                        .setCell(
                            AnalysisCell.newBuilder()
                                .setFunnel(FunnelCell.newBuilder().setStep(1).setLost(true)))
                        .setPageSize(2)
                        .build()));
    assertThat(lost.getUserNumbersList()).containsExactly(3, 4);
    assertThat(lost.getTotalSize()).isEqualTo(5);
    assertThat(lost.getNextPageToken()).isNotEmpty();

    AnalysisQuery retention =
        question(
            "retention",
            "\"start\": {\"name\": \"Login\"}, \"return\": {\"name\": \"Transfer\"}, \"periods\":"
                + " 1");
    assertThat(run(retention).getRetention().getCohorts(0).getCells(0).getUsers()).isEqualTo(1);
    AnalysisCell back =
        AnalysisCell.newBuilder()
            .setRetention(RetentionCell.newBuilder().setStartDate("2026-03-01").setPeriod(1))
            .build();
    assertThat(users(retention, back).getTotalSize()).isEqualTo(1);

    AnalysisQuery trend =
        question("trend", "\"measures\": [{\"selector\": {\"name\": \"Transfer\"}}]");
    TrendSeries transfers = run(trend).getTrend().getSeries(0);
    assertThat(transfers.getPointsList())
        .extracting(point -> point.getNumber().getDecimal())
        .containsExactly("2", "1", "0");
    AnalysisCell all = AnalysisCell.newBuilder().setTrend(TrendCell.getDefaultInstance()).build();
    assertThat(users(trend, all).getTotalSize()).isEqualTo(transfers.getTotal().getUsers());
  }

  @Test
  void tellsWhatAQuestionWouldReadWithoutReadingIt() {
    EstimateAnalysisRequest request =
        EstimateAnalysisRequest.newBuilder()
            .setQuery(question("trend", "\"measures\": [{\"selector\": {\"name\": \"Transfer\"}}]"))
            .build();
    EstimateAnalysisResponse estimate = as(Role.ANALYST, () -> analyses.estimateAnalysis(request));
    assertThat(estimate.getRows()).isPositive();
    assertThat(estimate.getMaxRows()).isEqualTo(2_000_000_000L);
  }

  @Test
  void listsEventsNewestFirstWithTypedProperties() {
    ListEventsRequest logins =
        ListEventsRequest.newBuilder().setName("Login").setPageSize(3).build();
    List<StoredEvent> events = new ArrayList<>();
    String token = "";
    do {
      String page = token;
      ListEventsResponse response =
          as(
              Role.ANALYST,
              () -> analyses.listEvents(logins.toBuilder().setPageToken(page).build()));
      events.addAll(response.getEventsList());
      token = response.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(events)
        .extracting(StoredEvent::getUserNumber)
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
    assertThat(events.getFirst().getProperties().getFieldsOrThrow("balance").getNumberValue())
        .isEqualTo(12.5);
    assertThat(events.getFirst().getProperties().getFieldsOrThrow("card").getStringValue())
        .isEqualTo("007");
    assertThat(events.getFirst().getProperties().getFieldsOrThrow("ok").getBoolValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"login-2", "device-2", "user_number:2"})
  void findsTheEventsOfAUserByAnyId(String user) {
    assertThat(events(ListEventsRequest.newBuilder().setUser(user).build()))
        .extracting(StoredEvent::getName, event -> event.getEventTime().getSeconds())
        .startsWith(tuple("Transfer", 1_772_445_900L), tuple("Transfer", 1_772_359_500L));
  }

  @Test
  void findsEventsByIdAndNobodysEventsForAnUnknownUser() {
    StoredEvent any = events(ListEventsRequest.newBuilder().setName("Transfer").build()).getFirst();
    assertThat(events(ListEventsRequest.newBuilder().setEventId(any.getEventId()).build()))
        .containsExactly(any);
    assertThat(events(ListEventsRequest.newBuilder().setUser("nobody").build())).isEmpty();
  }

  @Test
  void listsEventNamesMostFrequentFirst() {
    assertThat(
            as(
                    Role.ANALYST,
                    () -> analyses.listEventNames(ListEventNamesRequest.getDefaultInstance()))
                .getNamesList())
        .startsWith(EventName.newBuilder().setName("Login").setEvents(7).setUsers(7).build());
  }

  @Test
  void tellsAttemptsApartAndListsTheUsersOfEachPart() {
    String steps =
        "\"steps\": [{\"name\": \"Login\"}, {\"name\": \"Transfer\"}], \"window\": \"3600s\","
            + " \"trend_unit\": \"TIME_UNIT_MONTH\"";
    AnalysisQuery query =
        question("funnel", steps + ", \"breakdown\": {\"property\": \"nothing\"}");
    Funnel funnel = run(query).getFunnel();
    assertThat(funnel.getTotalValues()).isOne();
    assertThat(funnel.getValues(0).hasValue()).isFalse();
    assertThat(funnel.getValues(0).getStepsList()).isEqualTo(funnel.getStepsList());
    assertThat(funnel.getPeriods(0).getStartDate()).isEqualTo("2026-03-01");
    assertThat(funnel.getTimesList()).isNotEmpty();
    for (FunnelCell.Builder part :
        List.of(
            FunnelCell.newBuilder().setWithoutValue(true),
            FunnelCell.newBuilder().setStartDate("2026-03-01"))) {
      assertThat(users(query, AnalysisCell.newBuilder().setFunnel(part).build()).getTotalSize())
          .isEqualTo(funnel.getSteps(0).getUsers());
    }
    assertRefused(query, FunnelCell.newBuilder().setStartDate("yesterday"), "start_date");
    assertRefused(query, FunnelCell.newBuilder().setStartDate("2026-03-02"), "start_date");
    assertRefused(question("funnel", steps), FunnelCell.newBuilder().setValue("gold"), "value");
  }

  private static void assertRefused(
      AnalysisQuery query, FunnelCell.Builder funnelCell, String field) {
    AnalysisCell cell = AnalysisCell.newBuilder().setFunnel(funnelCell).build();
    ListAnalysisUsersRequest request =
        ListAnalysisUsersRequest.newBuilder().setQuery(query).setCell(cell).build();
    assertThat(failure(Role.ANALYST, () -> analyses.listAnalysisUsers(request)).violations())
        .extracting(FieldViolation::field)
        .containsExactly("cell.funnel." + field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"funnel": {}} | query.scope.interval
          {"scope": {"interval": {"start_time": "2026-03-01T00:00:00Z"}}, "funnel": {}} | query.scope.interval.end_time
          {"scope": {"interval": {"start_time": "2026-03-02T00:00:00Z", "end_time": "2026-03-01T00:00:00Z"}}, "funnel": {}} | query.scope.interval
          {"scope": {"interval": {"start_time": "2020-03-02T00:00:00Z", "end_time": "2026-03-01T00:00:00Z"}}, "funnel": {}} | query.scope.interval
          {RANGE, "funnel": {"steps": [{}, {}]}} | query.funnel.window
          {RANGE, "funnel": {"window": "60s"}} | query.funnel.steps
          {RANGE, "funnel": {"window": "60s", "steps": [{"name": "A"}]}} | query.funnel.steps
          {RANGE, "funnel": {"window": "0s", "steps": [{"name": "A"}, {"name": "B"}]}} | query.funnel.window
          {RANGE, "funnel": {"window": "60s", "steps": [{"filters": [{"name": "a"}]}, {}]}} | query.funnel.steps[0].filters[0].operator
          {RANGE, "funnel": {"steps": [{}, {}], "same_day": false}} | query.funnel.same_day
          {RANGE, "funnel": {"steps": [{}, {}], "same_day": true, "breakdown": {}}} | query.funnel.breakdown.property
          {RANGE, "funnel": {"steps": [{}, {}], "same_day": true, "breakdown": {"property": "a", "limit": -1}}} | query.funnel.breakdown.limit
          {RANGE, "funnel": {"steps": [{}, {}], "same_day": true, "breakdown": {"property": "a", "step": 2}}} | query.funnel.steps
          {RANGE, "funnel": {"steps": [{}, {}], "same_day": true, "held_properties": ["a", "b", "c", "d"]}} | query.funnel.held_properties
          {RANGE, "funnel": {"steps": [{"optional": true}, {}], "window": "60s"}} | query.funnel.steps
          {RANGE, "funnel": {"steps": [{}, {"least_time": "9s", "most_time": "5s"}], "window": "60s"}} | query.funnel.steps[1].most_time
          {RANGE, "funnel": {"steps": [{}, {}], "window": "60s", "exclusions": [{"after_step": 1, "before_step": 1}]}} | query.funnel.exclusions[0]
          {RANGE, "funnel": {"steps": [{}, {}], "window": "60s", "exclusions": [{"after_step": 1, "before_step": 2}]}} | query.funnel.steps
          {RANGE, "funnel": {"steps": [{}, {}], "window": "60s", "order": "FUNNEL_ORDER_ANY", "exclusions": [{"before_step": 1}]}} | query.funnel.steps
          {RANGE} | query
          {"scope": {"last": {}}, "trend": {}} | query.scope.last.count
          {"scope": {"last": {"count": 3}, "sample_per_mille": 1001}, "trend": {}} | query.scope.sample_per_mille
          {"scope": {"last": {"count": 3}, "sessions": {"least_events": 2, "most_events": 1}}, "trend": {}} | query.scope.sessions
          {"scope": {"last": {"count": 3}, "sessions": {"cut": {"idle": "0s"}}}, "trend": {}} | query.scope.sessions.cut.idle
          {"scope": {"last": {"count": 3}, "sessions": {"with": {"filters": [{"name": "a"}]}}}, "trend": {}} | query.scope.sessions.with.filters[0].operator
          """)
  void namesTheFieldOfAQuestionThatIsWrong(String json, String field) {
    AnalysisQuery query = question(json.replace("RANGE", RANGE));
    assertThat(
            failure(
                    Role.ANALYST,
                    () ->
                        analyses.runAnalysis(
                            RunAnalysisRequest.newBuilder().setQuery(query).build()))
                .violations())
        .extracting(FieldViolation::field)
        .containsExactly(field);
  }

  @Test
  void refusesAnUnknownTimeZoneAndAForgedPageToken() {
    AnalysisQuery.Builder trend =
        question("trend", "\"measures\": [{\"selector\": {}}]").toBuilder();
    trend.getScopeBuilder().setTimeZone("Mars/Olympus");
    assertThat(
            failure(
                    Role.ANALYST,
                    () ->
                        analyses.runAnalysis(
                            RunAnalysisRequest.newBuilder().setQuery(trend).build()))
                .violations())
        .extracting(FieldViolation::field)
        .containsExactly("query.scope.time_zone");
    assertThat(
            failure(
                    Role.ANALYST,
                    () ->
                        analyses.listEvents(
                            ListEventsRequest.newBuilder().setPageToken("!!").build()))
                .violations())
        .extracting(FieldViolation::field)
        .containsExactly("page_token");
  }

  @Test
  void modelsOfPeriodsAnswerAndOpenTheirUsers() throws InvalidProtocolBufferException {
    String login = "\"selector\": {\"name\": \"Login\"}";
    AnalysisQuery lifecycle = question("lifecycle", login + ", \"unit\": \"TIME_UNIT_DAY\"");
    assertThat(run(lifecycle).getLifecycle().getPeriods(0).getNewUsers()).isEqualTo(7);
    assertThat(
            size(
                lifecycle,
                "\"lifecycle\": {\"start_date\": \"2026-03-02\", \"part\":"
                    + " \"LIFECYCLE_PART_DORMANT\"}"))
        .isEqualTo(7);

    AnalysisQuery distribution =
        question(
            "distribution",
            login + ", \"active_periods\": \"TIME_UNIT_DAY\", \"with_inactive\": true");
    assertThat(run(distribution).getDistribution().getFrames(0).getBuckets(0).getUsers())
        .isEqualTo(7);
    assertThat(size(distribution, "\"distribution\": {\"least\": \"1\"}")).isEqualTo(7);
    assertThat(size(distribution, "\"distribution\": {\"inactive\": true}")).isZero();

    AnalysisQuery ltv =
        question(
            "ltv",
            "\"start\": {\"name\": \"Login\"}, \"value\": {\"name\": \"Login\"},"
                + " \"amount_property\": \"balance\", \"periods\": 1");
    assertThat(run(ltv).getLtv().getAll().getCohorts(0).getCounts(1).getSum()).isEqualTo("87.50");
    assertThat(size(ltv, "\"ltv\": {\"start_date\": \"2026-03-01\", \"payers_until\": 0}"))
        .isEqualTo(7);

    String retention =
        "\"start\": {\"name\": \"Login\"}, \"return\": {\"name\": \"Transfer\"}, \"periods\": 1,"
            + " \"unit\": \"TIME_UNIT_OPEN_DAY\", \"breakdown\": {\"property\": \"card\"}";
    AnalysisQuery.Builder days = question("retention", retention).toBuilder();
    days.getScopeBuilder().setCalendar("weekdays");
    assertThat(run(days.build()).getRetention().getValues(0).getCohorts(0).getStartDate())
        .isEqualTo("2026-03-02");
    assertThat(
            size(
                days.build(),
                "\"retention\": {\"start_date\": \"2026-03-02\", \"value\": \"007\"}"))
        .isEqualTo(7);
    days.getScopeBuilder().setCalendar("cn-exchanges");
    assertThat(
            failure(
                    Role.ANALYST,
                    () ->
                        analyses.runAnalysis(
                            RunAnalysisRequest.newBuilder().setQuery(days).build()))
                .violations())
        .extracting(FieldViolation::field)
        .containsExactly("query.scope.calendar");
  }

  private static long size(AnalysisQuery query, String cell) throws InvalidProtocolBufferException {
    AnalysisCell.Builder named = AnalysisCell.newBuilder();
    JsonFormat.parser().merge("{" + cell + "}", named);
    return users(query, named.build()).getTotalSize();
  }

  @Test
  void rolesLimitWhoReadsAndWhoChanges() {
    assertThat(failure(Role.ANALYST, () -> create(Role.ANALYST, "not-mine", GOLD)).reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(
            failure(
                    Role.WRITER,
                    () -> analyses.listEventNames(ListEventNamesRequest.getDefaultInstance()))
                .reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  /** A question to a model over the usual range. */
  private static AnalysisQuery question(String model, String query) {
    return question("{" + RANGE + ", \"" + model + "\": {" + query + "}}");
  }

  private static AnalysisQuery question(String json) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    merge(json, query);
    return query.build();
  }

  private static AnalysisResult run(AnalysisQuery query) {
    return as(
            Role.ANALYST,
            () -> analyses.runAnalysis(RunAnalysisRequest.newBuilder().setQuery(query).build()))
        .getResult();
  }

  private static ListAnalysisUsersResponse users(AnalysisQuery query, AnalysisCell cell) {
    return as(
        Role.ANALYST,
        () ->
            analyses.listAnalysisUsers(
                ListAnalysisUsersRequest.newBuilder().setQuery(query).setCell(cell).build()));
  }

  private static List<StoredEvent> events(ListEventsRequest request) {
    return as(Role.ANALYST, () -> analyses.listEvents(request)).getEventsList();
  }

  private static List<Member> members(String id, int pageSize) {
    List<Member> members = new ArrayList<>();
    String token = "";
    do {
      String page = token;
      ListMembersResponse response =
          as(
              Role.ANALYST,
              () ->
                  segments.listMembers(
                      ListMembersRequest.newBuilder()
                          .setId(id)
                          .setPageSize(pageSize)
                          .setPageToken(page)
                          .build()));
      assertThat(response.getTotalSize()).isEqualTo(4);
      members.addAll(response.getMembersList());
      token = response.getNextPageToken();
    } while (!token.isEmpty());
    return members;
  }

  private static List<String> memberships(int user) {
    return as(
            Role.ANALYST,
            () ->
                segments.listMemberships(
                    ListMembershipsRequest.newBuilder().setUserNumber(user).build()))
        .getSegmentIdsList();
  }

  private static Segment create(String id, String condition) {
    return create(Role.EDITOR, id, condition);
  }

  private static Segment create(Role role, String id, String condition) {
    return as(
        role,
        () ->
            segments
                .createSegment(
                    CreateSegmentRequest.newBuilder().setSegment(segment(id, condition)).build())
                .getSegment());
  }

  private static Segment get(String id) {
    return segments.getSegment(GetSegmentRequest.newBuilder().setId(id).build()).getSegment();
  }

  private static DeleteSegmentRequest delete(String id) {
    return DeleteSegmentRequest.newBuilder().setId(id).build();
  }

  private static Segment segment(String id, String condition) {
    return Segment.newBuilder()
        .setId(id)
        .setDisplayName("分群 " + id)
        .setCondition(condition(condition))
        .build();
  }

  private static Condition condition(String json) {
    Condition.Builder condition = Condition.newBuilder();
    merge(json, condition);
    return condition.build();
  }

  private static void merge(String json, Message.Builder builder) {
    try {
      JsonFormat.parser().merge(json, builder);
    } catch (InvalidProtocolBufferException exception) {
      throw new IllegalArgumentException(exception);
    }
  }

  private static <T> T as(Role role, Callable<T> action) {
    return server.as(role, action);
  }

  private static Failure failure(Role role, Callable<?> action) {
    return server.failure(role, action);
  }
}
