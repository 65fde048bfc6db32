package io.tenure.alert;

import static io.tenure.alert.SegmentStub.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.alert.v1.Alert;
import io.tenure.proto.alert.v1.AlertServiceGrpc;
import io.tenure.proto.alert.v1.AlertServiceGrpc.AlertServiceBlockingStub;
import io.tenure.proto.alert.v1.Backtest;
import io.tenure.proto.alert.v1.BacktestPeriod;
import io.tenure.proto.alert.v1.BacktestRuleRequest;
import io.tenure.proto.alert.v1.CreateReceiverRequest;
import io.tenure.proto.alert.v1.CreateRuleRequest;
import io.tenure.proto.alert.v1.DeleteReceiverRequest;
import io.tenure.proto.alert.v1.DeleteRuleRequest;
import io.tenure.proto.alert.v1.Delivery;
import io.tenure.proto.alert.v1.DeliveryState;
import io.tenure.proto.alert.v1.GetRuleRequest;
import io.tenure.proto.alert.v1.ListAlertsRequest;
import io.tenure.proto.alert.v1.ListAlertsResponse;
import io.tenure.proto.alert.v1.ListDeliveriesRequest;
import io.tenure.proto.alert.v1.ListReceiversRequest;
import io.tenure.proto.alert.v1.ListRulesRequest;
import io.tenure.proto.alert.v1.ListRulesResponse;
import io.tenure.proto.alert.v1.Outcome;
import io.tenure.proto.alert.v1.Receiver;
import io.tenure.proto.alert.v1.Rule;
import io.tenure.proto.alert.v1.SweepRuleRequest;
import io.tenure.proto.alert.v1.SweepRuleResponse;
import io.tenure.proto.alert.v1.UpdateRuleRequest;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.Window;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on real stores, with hand-made neighbours. */
final class AlertApplicationTest {

  private static final String WITHHELD =
      "Withheld from a third party: the person does not agree to sharing";
  private static final String SECRET = "a-secret-of-16-letters";
  private static final String DATABASE = TestStores.freshDatabase("alert_service");
  private static final String SEGMENTS = "stub-segments-" + UUID.randomUUID();
  private static final String PROFILES = "stub-profiles-" + UUID.randomUUID();

  /** User 1 stays, 2 leaves on day 12, 3 pauses from 12 to 29, 4 comes on day 25. */
  private static final SegmentStub STUB =
      new SegmentStub()
          .active(1, IntStream.rangeClosed(0, 20).map(i -> 2 * i).toArray())
          .active(2, 0, 2, 4, 6, 8, 10, 12)
          .active(3, 0, 2, 4, 6, 8, 10, 12, 29)
          .active(4, 25, 27, 29, 31, 33, 35, 37, 39);

  private static final ConsentStub CONSENTS = new ConsentStub();

  private static Server segments;
  private static Server profiles;
  private static Service service;

  private final Caller editor =
      new Caller(
          new ProjectId("p" + UUID.randomUUID().toString().substring(0, 18)),
          "person:ann",
          Role.EDITOR);

  @BeforeAll
  static void start() throws IOException {
    segments = InProcessServerBuilder.forName(SEGMENTS).addService(STUB).build().start();
    profiles =
        InProcessServerBuilder.forName(PROFILES)
            .addService(new ProfileStub())
            .addService(CONSENTS)
            .build()
            .start();
    service = new Service("1h", "100ms");
  }

  @AfterAll
  static void stop() {
    service.close();
    segments.shutdownNow();
    profiles.shutdownNow();
  }

  @Test
  void keepsARuleThroughItsLife() {
    Rule created = create(rule("fading").toBuilder().clearCooldown().build());
    assertThat(created.getEtag()).isEqualTo("1");
    assertThat(created.getCooldown().getSeconds()).isEqualTo(7 * 86_400);
    assertThat(created.getSweepInterval().getSeconds()).isEqualTo(3_600);
    assertThat(created.getCondition()).isEqualTo(rule("fading").getCondition());
    assertThat(get("fading")).isEqualTo(created);

    Rule changed = created.toBuilder().setDisplayName("Fading away").build();
    Rule updated =
        call(s -> s.updateRule(UpdateRuleRequest.newBuilder().setRule(changed).build())).getRule();
    assertThat(updated.getEtag()).isEqualTo("2");
    assertThat(updated.getCreateTime()).isEqualTo(created.getCreateTime());
    assertFails(
        Reason.ABORTED, s -> s.updateRule(UpdateRuleRequest.newBuilder().setRule(changed).build()));
    assertFails(
        Reason.ALREADY_EXISTS,
        s -> s.createRule(CreateRuleRequest.newBuilder().setRule(changed).build()));

    call(s -> s.deleteRule(DeleteRuleRequest.newBuilder().setId("fading").build()));
    assertFails(
        Reason.NOT_FOUND, s -> s.getRule(GetRuleRequest.newBuilder().setId("fading").build()));
  }

  @Test
  void pagesThroughRules() {
    List.of("rule-c", "rule-a", "rule-b").forEach(id -> create(rule(id)));

    ListRulesResponse first =
        call(s -> s.listRules(ListRulesRequest.newBuilder().setPageSize(2).build()));
    ListRulesResponse second =
        call(
            s ->
                s.listRules(
                    ListRulesRequest.newBuilder()
                        .setPageSize(2)
                        .setPageToken(first.getNextPageToken())
                        .build()));

    assertThat(first.getRulesList()).extracting(Rule::getId).containsExactly("rule-a", "rule-b");
    assertThat(second.getRulesList()).extracting(Rule::getId).containsExactly("rule-c");
    assertThat(second.getNextPageToken()).isEmpty();
    assertViolations(
        s -> s.listRules(ListRulesRequest.newBuilder().setPageToken("!").build()), "page_token");
  }

  @Test
  void namesEveryInvalidFieldOfARule() {
    assertViolations(
        s ->
            s.createRule(
                CreateRuleRequest.newBuilder()
                    .setRule(
                        Rule.newBuilder()
                            .setId("No!")
                            .setCooldown(seconds(1))
                            .setSweepInterval(seconds(59))
                            .addReceiverIds("nobody"))
                    .build()),
        "rule.id",
        "rule.display_name",
        "rule.condition",
        "rule.outcome.inactive_for",
        "rule.cooldown",
        "rule.sweep_interval",
        "rule.receiver_ids[0]");
  }

  @Test
  void hasTheConditionCheckedByItsInterpreter() {
    Rule.Builder broken = rule("broken").toBuilder();
    broken.getConditionBuilder().getEventBuilder().setCount(-1);

    assertViolations(
        s -> s.createRule(CreateRuleRequest.newBuilder().setRule(broken).build()),
        "rule.condition.event.count");
  }

  @Test
  void neverShowsASecret() {
    receive("https://1.1.1.1/hook");

    Receiver listed =
        call(s -> s.listReceivers(ListReceiversRequest.getDefaultInstance())).getReceivers(0);
    assertThat(listed.getId()).isEqualTo("hook");
    assertThat(listed.getSigningSecret()).isEmpty();
    assertThat(listed.toString()).doesNotContain(SECRET);
  }

  @Test
  void namesEveryInvalidFieldOfAReceiver() {
    assertViolations(
        s ->
            s.createReceiver(
                CreateReceiverRequest.newBuilder()
                    .setReceiver(Receiver.newBuilder().setId("x").setWebhookUrl("ftp://host"))
                    .build()),
        "receiver.id",
        "receiver.display_name",
        "receiver.webhook_url",
        "receiver.signing_secret");
  }

  @Test
  void keepsAReceiverThatIsUsed() {
    receive("https://1.1.1.1/hook");
    create(rule("fading").toBuilder().addReceiverIds("hook").build());

    assertFails(
        Reason.FAILED_PRECONDITION,
        s -> s.deleteReceiver(DeleteReceiverRequest.newBuilder().setId("hook").build()));
    call(s -> s.deleteRule(DeleteRuleRequest.newBuilder().setId("fading").build()));
    call(s -> s.deleteReceiver(DeleteReceiverRequest.newBuilder().setId("hook").build()));
  }

  @Test
  void letsAnalystsReadOnly() {
    create(rule("fading"));
    Caller analyst = new Caller(editor.project(), "person:bob", Role.ANALYST);

    assertThat(
            service
                .call(analyst, s -> s.listRules(ListRulesRequest.getDefaultInstance()))
                .getRulesCount())
        .isEqualTo(1);
    assertThat(
            failure(
                    () ->
                        service.call(
                            analyst,
                            s ->
                                s.sweepRule(SweepRuleRequest.newBuilder().setId("fading").build())))
                .reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  @Test
  void warnsOncePerCooldown() {
    create(rule("fading"));

    assertThat(sweep(20)).isEqualTo(swept(3, 3, 0));
    assertThat(sweep(20)).isEqualTo(swept(3, 0, 3));
    assertThat(sweep(26)).isEqualTo(swept(2, 0, 2));
    assertThat(sweep(27)).isEqualTo(swept(2, 2, 0));

    ListAlertsRequest first =
        ListAlertsRequest.newBuilder().setRuleId("fading").setPageSize(4).build();
    ListAlertsResponse page = call(s -> s.listAlerts(first));
    assertThat(page.getAlertsList())
        .extracting(Alert::getCreateTime)
        .containsExactly(time(day(27)), time(day(27)), time(day(20)), time(day(20)));
    assertThat(page.getAlerts(0).getLoginId())
        .isEqualTo("user-" + page.getAlerts(0).getUserNumber());
    assertThat(page.getAlerts(0).getExplanation())
        .isEqualTo("The user did not do anything in the last 5 days.");
    ListAlertsResponse rest =
        call(
            s ->
                s.listAlerts(
                    first.toBuilder()
                        .setPageSize(0)
                        .setPageToken(page.getNextPageToken())
                        .build()));
    assertThat(rest.getAlertsCount()).isEqualTo(1);
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  @Test
  void keepsProjectsApart() {
    create(rule("fading"));
    sweep(20);
    Caller stranger = new Caller(new ProjectId("stranger"), "person:eve", Role.ADMINISTRATOR);

    assertThat(
            service
                .call(stranger, s -> s.listAlerts(ListAlertsRequest.getDefaultInstance()))
                .getAlertsCount())
        .isZero();
    assertThat(
            failure(
                    () ->
                        service.call(
                            stranger,
                            s -> s.getRule(GetRuleRequest.newBuilder().setId("fading").build())))
                .reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void deliversAfterARefusal() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> n == 1 ? 503 : 200)) {
      receive(server.url());
      create(rule("fading").toBuilder().addReceiverIds("hook").build());
      sweep(20);

      await(
          () ->
              deliveries().stream()
                  .allMatch(d -> d.getState() == DeliveryState.DELIVERY_STATE_DELIVERED));
      assertThat(deliveries()).hasSize(3);
      assertThat(deliveries().getFirst().getAttempts()).isEqualTo(2);
      assertThat(deliveries().getFirst().getLastResult()).isEqualTo("HTTP 200");
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().getFirst().idempotencyKey())
          .isEqualTo(server.requests().getLast().idempotencyKey());
      assertThat(server.requests().getFirst().body())
          .isEqualTo(server.requests().getLast().body())
          .contains("user-2", "user-3", "user-4");
    }
  }

  @Test
  void givesUpAfterTheLastAttempt() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> 500)) {
      receive(server.url());
      create(rule("fading").toBuilder().addReceiverIds("hook").build());
      sweep(20);

      await(
          () ->
              deliveries().stream()
                  .allMatch(d -> d.getState() == DeliveryState.DELIVERY_STATE_FAILED));
      assertThat(deliveries().getFirst().getAttempts()).isEqualTo(3);
      assertThat(deliveries().getFirst().getLastResult()).isEqualTo("HTTP 500");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void withholdsFromThirdPartiesWhoDoesNotAgreeToSharing() throws IOException {
    try (WebhookServer outside = new WebhookServer(n -> 200);
        WebhookServer inside = new WebhookServer(n -> 200)) {
      CONSENTS.unsharing.add(3);
      receive("outside", outside.url(), true);
      receive("inside", inside.url(), false);
      double counted = withheldCount();
      create(rule("fading").toBuilder().addReceiverIds("outside").addReceiverIds("inside").build());
      sweep(20);

      awaitStates(
          "outside DELIVERED 1 HTTP 200",
          "outside DELIVERED 1 HTTP 200",
          "outside WITHHELD 0 " + WITHHELD,
          "inside DELIVERED 1 HTTP 200",
          "inside DELIVERED 1 HTTP 200",
          "inside DELIVERED 1 HTTP 200");
      assertThat(outside.requests()).hasSize(1);
      assertThat(outside.requests().getFirst().body())
          .contains("user-2", "user-4")
          .doesNotContain("user-3");
      assertThat(inside.requests().getFirst().body()).contains("user-2", "user-3", "user-4");
      assertThat(withheldCount() - counted).isEqualTo(1);
      String alert = alertAbout(3).getId();
      assertThat(
              call(s ->
                      s.listDeliveries(
                          ListDeliveriesRequest.newBuilder().setAlertId(alert).build()))
                  .getDeliveriesList())
          .extracting(AlertApplicationTest::words)
          .containsExactlyInAnyOrder(
              "outside WITHHELD 0 " + WITHHELD, "inside DELIVERED 1 HTTP 200");
    } finally {
      CONSENTS.unsharing.clear();
    }
  }

  @Test
  void obeysAWithdrawalWhileADeliveryWaitsForItsRetry() throws IOException {
    try (WebhookServer outside =
        new WebhookServer(
            n -> {
              if (n == 1) {
                CONSENTS.unsharing.add(3);
              }
              return n == 1 ? 503 : 200;
            })) {
      receive("outside", outside.url(), true);
      create(rule("fading").toBuilder().addReceiverIds("outside").build());
      sweep(20);

      awaitStates(
          "outside DELIVERED 2 HTTP 200",
          "outside DELIVERED 2 HTTP 200",
          "outside WITHHELD 1 " + WITHHELD);
      assertThat(outside.requests()).hasSize(2);
      assertThat(outside.requests().getFirst().body()).contains("user-3");
      assertThat(outside.requests().getLast().body())
          .contains("user-2", "user-4")
          .doesNotContain("user-3");
      assertThat(outside.requests().getLast().idempotencyKey())
          .as("another content, another key")
          .isNotEqualTo(outside.requests().getFirst().idempotencyKey());
    } finally {
      CONSENTS.unsharing.clear();
    }
  }

  @Test
  void sendsNothingWhenEverybodyIsWithheldAndNeverAfterwards() throws IOException {
    try (WebhookServer outside = new WebhookServer(n -> 503)) {
      receive("outside", outside.url(), true);
      create(rule("fading").toBuilder().addReceiverIds("outside").build());
      CONSENTS.unsharing.addAll(List.of(2, 3, 4));
      sweep(20);

      String withheld = "outside WITHHELD 0 " + WITHHELD;
      awaitStates(withheld, withheld, withheld);
      CONSENTS.unsharing.clear();
      sweep(27);
      await(() -> !outside.requests().isEmpty());
      assertThat(alerts(service)).hasSize(5);
      assertThat(outside.requests())
          .allMatch(request -> !request.body().contains(day(20).toString()));
    } finally {
      CONSENTS.unsharing.clear();
    }
  }

  @Test
  void waitsWithThirdPartiesWhileNobodyKnowsWhoAgrees() throws IOException {
    try (WebhookServer outside = new WebhookServer(n -> 200);
        WebhookServer inside = new WebhookServer(n -> 200)) {
      receive("outside", outside.url(), true);
      receive("inside", inside.url(), false);
      create(rule("fading").toBuilder().addReceiverIds("outside").addReceiverIds("inside").build());
      CONSENTS.sharingAway = true;
      sweep(20);

      String waiting = "outside PENDING 0 Nobody could tell who agrees";
      String delivered = "inside DELIVERED 1 HTTP 200";
      awaitStates(waiting, waiting, waiting, delivered, delivered, delivered);
      assertThat(outside.requests()).isEmpty();
      CONSENTS.sharingAway = false;
      await(() -> !outside.requests().isEmpty());
      assertThat(outside.requests().getFirst().body()).contains("user-2", "user-3", "user-4");
    } finally {
      CONSENTS.sharingAway = false;
    }
  }

  @Test
  void deliversAfterARestart() throws IOException {
    try (WebhookServer server = new WebhookServer(n -> 200)) {
      receive(server.url());
      create(rule("fading").toBuilder().addReceiverIds("hook").build());
      try (Service silent = new Service("1h", "1h")) {
        service.close();
        silent.call(editor, s -> s.sweepRule(sweepRequest(20)));
        assertThat(
                silent
                    .call(editor, s -> s.listDeliveries(ListDeliveriesRequest.getDefaultInstance()))
                    .getDeliveriesList())
            .hasSize(3)
            .allMatch(d -> d.getState() == DeliveryState.DELIVERY_STATE_PENDING)
            .allMatch(d -> d.getAttempts() == 0);
      } finally {
        service = new Service("1h", "100ms");
      }

      await(
          () ->
              deliveries().stream()
                  .allMatch(d -> d.getState() == DeliveryState.DELIVERY_STATE_DELIVERED));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void sweepsOnSchedule() {
    create(rule("fading"));

    try (Service busy = new Service("100ms", "1h")) {
      await(() -> alerts(busy).size() == 4);
    }
    assertThat(alerts(service)).extracting(Alert::getUserNumber).containsOnlyOnce(1, 2, 3, 4);
  }

  /** Worked by hand from the days above; see the stub's comment. */
  @Test
  void backtestsWithoutLookingAhead() {
    create(rule("fading"));

    Backtest backtest =
        call(s ->
                s.backtestRule(
                    BacktestRuleRequest.newBuilder()
                        .setId("fading")
                        .setStartTime(time(day(10)))
                        .setEndTime(time(day(40)))
                        .setStep(seconds(10 * 86_400))
                        .build()))
            .getBacktest();

    assertThat(backtest.getPeriodsList())
        .containsExactly(period(10, 3, 0, 0, 0), period(20, 3, 2, 1, 1), period(30, 3, 0, 0, 1));
    assertThat(backtest.getWarned()).isEqualTo(2);
    assertThat(backtest.getPrecision()).isEqualTo(0.5);
    assertThat(backtest.getBaseRate()).isCloseTo(2.0 / 9, within(1e-12));
    assertThat(backtest.getLift()).isCloseTo(2.25, within(1e-12));
    assertThat(backtest.getRecall()).isEqualTo(0.5);
    assertThat(backtest.getPrecisionInterval(0)).isCloseTo(0.0945, within(0.0001));
    assertThat(backtest.getPrecisionInterval(1)).isCloseTo(0.9055, within(0.0001));
  }

  @Test
  void refusesABacktestWithoutStart() {
    create(rule("fading"));

    assertViolations(
        s -> s.backtestRule(BacktestRuleRequest.newBuilder().setId("fading").build()),
        "start_time");
  }

  /** Warns who did nothing for five days; left means ten days without anything. */
  private static Rule rule(String id) {
    return Rule.newBuilder()
        .setId(id)
        .setDisplayName("Fading users")
        .setCondition(
            Condition.newBuilder()
                .setEvent(
                    EventCondition.newBuilder()
                        .setSelector(EventSelector.getDefaultInstance())
                        .setOperator(Operator.OPERATOR_LESS)
                        .setCount(1)
                        .setWindow(Window.newBuilder().setLast(seconds(5 * 86_400)))))
        .setOutcome(Outcome.newBuilder().setInactiveFor(seconds(10 * 86_400)))
        .setCooldown(seconds(7 * 86_400))
        .setEnabled(true)
        .build();
  }

  private Rule create(Rule rule) {
    return call(s -> s.createRule(CreateRuleRequest.newBuilder().setRule(rule).build())).getRule();
  }

  private Rule get(String id) {
    return call(s -> s.getRule(GetRuleRequest.newBuilder().setId(id).build())).getRule();
  }

  private void receive(String url) {
    receive("hook", url, false);
  }

  private void receive(String id, String url, boolean thirdParty) {
    Receiver receiver =
        Receiver.newBuilder()
            .setId(id)
            .setDisplayName("Hook")
            .setWebhookUrl(url)
            .setSigningSecret(SECRET)
            .setThirdParty(thirdParty)
            .build();
    Receiver created =
        call(s ->
                s.createReceiver(CreateReceiverRequest.newBuilder().setReceiver(receiver).build()))
            .getReceiver();
    assertThat(created.getSigningSecret()).isEmpty();
    assertThat(created.getThirdParty()).isEqualTo(thirdParty);
  }

  private SweepRuleResponse sweep(int day) {
    return call(s -> s.sweepRule(sweepRequest(day)));
  }

  private static SweepRuleRequest sweepRequest(int day) {
    return SweepRuleRequest.newBuilder().setId("fading").setAsOfTime(time(day(day))).build();
  }

  private static SweepRuleResponse swept(int matched, int raised, int suppressed) {
    return SweepRuleResponse.newBuilder()
        .setMatched(matched)
        .setRaised(raised)
        .setSuppressed(suppressed)
        .build();
  }

  private List<Delivery> deliveries() {
    return call(s -> s.listDeliveries(ListDeliveriesRequest.getDefaultInstance()))
        .getDeliveriesList();
  }

  private void awaitStates(String... expected) {
    List<String> sorted = Stream.of(expected).sorted().toList();
    await(
        () ->
            deliveries().stream()
                .map(AlertApplicationTest::words)
                .sorted()
                .toList()
                .equals(sorted));
  }

  private static String words(Delivery delivery) {
    return "%s %s %d %s"
        .formatted(
            delivery.getReceiverId(),
            delivery.getState().name().substring("DELIVERY_STATE_".length()),
            delivery.getAttempts(),
            delivery.getLastResult());
  }

  private Alert alertAbout(int user) {
    return alerts(service).stream()
        .filter(alert -> alert.getUserNumber() == user)
        .findFirst()
        .orElseThrow();
  }

  private static double withheldCount() {
    return service
        .context
        .getBean(MeterRegistry.class)
        .counter("tenure.alert.delivery.alerts", "state", "withheld")
        .count();
  }

  private List<Alert> alerts(Service asked) {
    return asked
        .call(editor, s -> s.listAlerts(ListAlertsRequest.getDefaultInstance()))
        .getAlertsList();
  }

  private <T> T call(Function<AlertServiceBlockingStub, T> action) {
    return service.call(editor, action);
  }

  private void assertViolations(Function<AlertServiceBlockingStub, ?> action, String... fields) {
    Failure failure = failure(() -> call(action));
    assertThat(failure.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(failure.violations()).extracting(FieldViolation::field).containsExactly(fields);
  }

  private void assertFails(Reason reason, Function<AlertServiceBlockingStub, ?> action) {
    assertThat(failure(() -> call(action)).reason()).isEqualTo(reason);
  }

  private static Failure failure(Callable<?> action) {
    Failure[] failure = new Failure[1];
    assertThatThrownBy(action::call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, status -> failure[0] = FailureStatus.fromStatus(status));
    return failure[0];
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static BacktestPeriod period(int day, int users, int warned, int warnedLost, int lost) {
    return BacktestPeriod.newBuilder()
        .setAsOfTime(time(day(day)))
        .setUsers(users)
        .setWarned(warned)
        .setWarnedLost(warnedLost)
        .setLost(lost)
        .build();
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  /** One running alert service with a client. */
  private static final class Service implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final ManagedChannel channel;

    Service(String sweepTick, String deliveryTick) {
      String name = "alert-" + UUID.randomUUID();
      List<String> arguments =
          List.of(
              "--spring.grpc.server.inprocess.name=" + name,
              "--spring.grpc.server.address=127.0.0.1",
              "--spring.grpc.server.port=0",
              "--server.address=127.0.0.1",
              "--server.port=0",
              "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
              "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
              "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
              "--tenure.clickhouse.database=" + DATABASE,
              "--tenure.redis.url=" + TestStores.redisUrl(),
              "--tenure.clients.segment-service=in-process:" + SEGMENTS,
              "--tenure.clients.profile-service=in-process:" + PROFILES,
              "--tenure.alert.allow-private-webhooks=true",
              "--tenure.alert.secret-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
              "--tenure.alert.delivery.attempts=3",
              "--tenure.alert.delivery.first-backoff=50ms",
              "--tenure.alert.sweep-tick=" + sweepTick,
              "--tenure.alert.delivery.tick=" + deliveryTick);
      context =
          ServiceRunner.service(AlertApplication.class, AlertApplication.NAME)
              .run(arguments.toArray(String[]::new));
      channel = InProcessChannelBuilder.forName(name).intercept(new CallerPropagation()).build();
    }

    <T> T call(Caller caller, Function<AlertServiceBlockingStub, T> action) {
      AlertServiceBlockingStub stub = AlertServiceGrpc.newBlockingStub(channel);
      return CallerContext.as(caller, () -> action.apply(stub));
    }

    @Override
    public void close() {
      channel.shutdownNow();
      context.close();
    }
  }
}
