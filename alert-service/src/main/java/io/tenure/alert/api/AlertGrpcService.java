package io.tenure.alert.api;

import io.grpc.stub.StreamObserver;
import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.AlertHistory;
import io.tenure.alert.domain.Page;
import io.tenure.alert.domain.Position;
import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.Recorded;
import io.tenure.alert.domain.Rule;
import io.tenure.alert.domain.RuleBook;
import io.tenure.alert.domain.backtest.Backtest;
import io.tenure.alert.domain.backtest.Backtester;
import io.tenure.alert.domain.delivery.Delivery;
import io.tenure.alert.domain.delivery.DeliveryLog;
import io.tenure.alert.domain.sweep.SweepResult;
import io.tenure.alert.domain.sweep.Sweeper;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.alert.v1.AlertServiceGrpc;
import io.tenure.proto.alert.v1.BacktestRuleRequest;
import io.tenure.proto.alert.v1.BacktestRuleResponse;
import io.tenure.proto.alert.v1.CreateReceiverRequest;
import io.tenure.proto.alert.v1.CreateReceiverResponse;
import io.tenure.proto.alert.v1.CreateRuleRequest;
import io.tenure.proto.alert.v1.CreateRuleResponse;
import io.tenure.proto.alert.v1.DeleteReceiverRequest;
import io.tenure.proto.alert.v1.DeleteReceiverResponse;
import io.tenure.proto.alert.v1.DeleteRuleRequest;
import io.tenure.proto.alert.v1.DeleteRuleResponse;
import io.tenure.proto.alert.v1.GetRuleRequest;
import io.tenure.proto.alert.v1.GetRuleResponse;
import io.tenure.proto.alert.v1.ListAlertsRequest;
import io.tenure.proto.alert.v1.ListAlertsResponse;
import io.tenure.proto.alert.v1.ListDeliveriesRequest;
import io.tenure.proto.alert.v1.ListDeliveriesResponse;
import io.tenure.proto.alert.v1.ListReceiversRequest;
import io.tenure.proto.alert.v1.ListReceiversResponse;
import io.tenure.proto.alert.v1.ListRulesRequest;
import io.tenure.proto.alert.v1.ListRulesResponse;
import io.tenure.proto.alert.v1.SweepRuleRequest;
import io.tenure.proto.alert.v1.SweepRuleResponse;
import io.tenure.proto.alert.v1.UpdateRuleRequest;
import io.tenure.proto.alert.v1.UpdateRuleResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.springframework.grpc.server.service.GrpcService;

/** The door of the alert service. Whatever goes wrong is thrown as a {@link Failure}. */
@GrpcService
public final class AlertGrpcService extends AlertServiceGrpc.AlertServiceImplBase {

  private static final int DEFINITIONS = 100;
  private static final int LOG_ENTRIES = 50;
  private static final int LARGEST_PAGE = 1_000;
  private static final Duration USUAL_STEP = Duration.ofDays(7);

  private final RuleBook book;
  private final Sweeper sweeper;
  private final Backtester backtester;
  private final AlertHistory alerts;
  private final DeliveryLog deliveries;
  private final Clock clock;

  /** The door to these use cases. */
  public AlertGrpcService(
      RuleBook book,
      Sweeper sweeper,
      Backtester backtester,
      AlertHistory alerts,
      DeliveryLog deliveries,
      Clock clock) {
    this.book = book;
    this.sweeper = sweeper;
    this.backtester = backtester;
    this.alerts = alerts;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  @Override
  public void createRule(CreateRuleRequest request, StreamObserver<CreateRuleResponse> reply) {
    Recorded<Rule> rule =
        book.createRule(CallerContext.requiring(Role.EDITOR), RuleMessages.rule(request.getRule()));
    send(reply, CreateRuleResponse.newBuilder().setRule(RuleMessages.rule(rule)).build());
  }

  @Override
  public void getRule(GetRuleRequest request, StreamObserver<GetRuleResponse> reply) {
    Recorded<Rule> rule =
        book.rule(CallerContext.requiring(Role.ANALYST).project(), request.getId());
    send(reply, GetRuleResponse.newBuilder().setRule(RuleMessages.rule(rule)).build());
  }

  @Override
  public void listRules(ListRulesRequest request, StreamObserver<ListRulesResponse> reply) {
    PageRequest page = PageRequest.of(request, DEFINITIONS, LARGEST_PAGE);
    List<Recorded<Rule>> rules =
        after(book.rules(CallerContext.requiring(Role.ANALYST).project()), Rule::id, page);
    ListRulesResponse.Builder response = ListRulesResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            rules, rule -> rule.value().id(), rule -> response.addRules(RuleMessages.rule(rule))));
    send(reply, response.build());
  }

  @Override
  public void updateRule(UpdateRuleRequest request, StreamObserver<UpdateRuleResponse> reply) {
    Recorded<Rule> rule =
        book.updateRule(
            CallerContext.requiring(Role.EDITOR),
            RuleMessages.rule(request.getRule()),
            request.getRule().getEtag());
    send(reply, UpdateRuleResponse.newBuilder().setRule(RuleMessages.rule(rule)).build());
  }

  @Override
  public void deleteRule(DeleteRuleRequest request, StreamObserver<DeleteRuleResponse> reply) {
    book.deleteRule(CallerContext.requiring(Role.EDITOR), request.getId());
    send(reply, DeleteRuleResponse.getDefaultInstance());
  }

  @Override
  public void backtestRule(
      BacktestRuleRequest request, StreamObserver<BacktestRuleResponse> reply) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    if (!request.hasStartTime()) {
      throw Failure.invalid("start_time", "is required");
    }
    Instant start = Times.instant("start_time", request.getStartTime());
    Instant end =
        request.hasEndTime() ? Times.instant("end_time", request.getEndTime()) : clock.instant();
    Duration step = request.hasStep() ? Times.duration("step", request.getStep()) : USUAL_STEP;
    Rule rule = book.rule(caller.project(), request.getId()).value();
    Backtest backtest = backtester.run(caller.project(), rule, start, end, step);
    send(
        reply,
        BacktestRuleResponse.newBuilder().setBacktest(AlertMessages.backtest(backtest)).build());
  }

  @Override
  public void sweepRule(SweepRuleRequest request, StreamObserver<SweepRuleResponse> reply) {
    Instant asOf =
        request.hasAsOfTime()
            ? Times.instant("as_of_time", request.getAsOfTime())
            : clock.instant();
    SweepResult result =
        sweeper.sweep(CallerContext.requiring(Role.EDITOR).project(), request.getId(), asOf);
    send(
        reply,
        SweepRuleResponse.newBuilder()
            .setMatched(result.matched())
            .setRaised(result.raised())
            .setSuppressed(result.suppressed())
            .setUnwilling(result.unwilling())
            .build());
  }

  @Override
  public void listAlerts(ListAlertsRequest request, StreamObserver<ListAlertsResponse> reply) {
    PageRequest wanted = PageRequest.of(request, LOG_ENTRIES, LARGEST_PAGE);
    Page<Alert> page =
        alerts.list(
            CallerContext.requiring(Role.ANALYST).project(),
            request.getRuleId(),
            wanted.size(),
            wanted.after(AlertGrpcService::position).orElse(Position.START));
    ListAlertsResponse.Builder response = ListAlertsResponse.newBuilder();
    page.items().stream().map(AlertMessages::alert).forEach(response::addAlerts);
    page.next().map(next -> token(wanted, next)).ifPresent(response::setNextPageToken);
    send(reply, response.build());
  }

  @Override
  public void createReceiver(
      CreateReceiverRequest request, StreamObserver<CreateReceiverResponse> reply) {
    Recorded<Receiver> receiver =
        book.createReceiver(
            CallerContext.requiring(Role.EDITOR), RuleMessages.receiver(request.getReceiver()));
    send(
        reply,
        CreateReceiverResponse.newBuilder().setReceiver(RuleMessages.receiver(receiver)).build());
  }

  @Override
  public void listReceivers(
      ListReceiversRequest request, StreamObserver<ListReceiversResponse> reply) {
    PageRequest page = PageRequest.of(request, DEFINITIONS, LARGEST_PAGE);
    List<Recorded<Receiver>> receivers =
        after(book.receivers(CallerContext.requiring(Role.ANALYST).project()), Receiver::id, page);
    ListReceiversResponse.Builder response = ListReceiversResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            receivers,
            receiver -> receiver.value().id(),
            receiver -> response.addReceivers(RuleMessages.receiver(receiver))));
    send(reply, response.build());
  }

  @Override
  public void deleteReceiver(
      DeleteReceiverRequest request, StreamObserver<DeleteReceiverResponse> reply) {
    book.deleteReceiver(CallerContext.requiring(Role.EDITOR), request.getId());
    send(reply, DeleteReceiverResponse.getDefaultInstance());
  }

  @Override
  public void listDeliveries(
      ListDeliveriesRequest request, StreamObserver<ListDeliveriesResponse> reply) {
    PageRequest wanted = PageRequest.of(request, LOG_ENTRIES, LARGEST_PAGE);
    Page<Delivery> page =
        deliveries.list(
            CallerContext.requiring(Role.ANALYST).project(),
            request.getAlertId(),
            wanted.size(),
            wanted.after(AlertGrpcService::position).orElse(Position.START));
    ListDeliveriesResponse.Builder response = ListDeliveriesResponse.newBuilder();
    page.items().stream().map(AlertMessages::delivery).forEach(response::addDeliveries);
    page.next().map(next -> token(wanted, next)).ifPresent(response::setNextPageToken);
    send(reply, response.build());
  }

  /** The definitions from a page on, one more than the page holds. */
  private static <T> List<Recorded<T>> after(
      List<Recorded<T>> sorted, Function<T, String> id, PageRequest page) {
    String last = page.after();
    return sorted.stream()
        .filter(recorded -> id.apply(recorded.value()).compareTo(last) > 0)
        .limit(page.oneMore())
        .toList();
  }

  private static String token(PageRequest page, Position place) {
    return page.next(Long.toString(place.time().toEpochMilli()), place.id());
  }

  private static Position position(List<String> parts) {
    return new Position(Instant.ofEpochMilli(Long.parseLong(parts.get(0))), parts.get(1));
  }

  private static <T> void send(StreamObserver<T> reply, T message) {
    reply.onNext(message);
    reply.onCompleted();
  }
}
