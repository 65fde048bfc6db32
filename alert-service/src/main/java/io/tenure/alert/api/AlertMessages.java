package io.tenure.alert.api;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.backtest.Backtest;
import io.tenure.alert.domain.backtest.Period;
import io.tenure.alert.domain.delivery.Delivery;
import io.tenure.proto.alert.v1.BacktestPeriod;
import io.tenure.proto.alert.v1.DeliveryState;

/** Alerts, deliveries and back-tests on the wire. */
final class AlertMessages {

  private AlertMessages() {}

  static io.tenure.proto.alert.v1.Alert alert(Alert alert) {
    return io.tenure.proto.alert.v1.Alert.newBuilder()
        .setId(alert.id())
        .setRuleId(alert.ruleId())
        .setUserNumber((int) alert.userNumber())
        .setLoginId(alert.loginId())
        .setCreateTime(Times.timestamp(alert.createTime()))
        .setExplanation(alert.explanation())
        .build();
  }

  static io.tenure.proto.alert.v1.Delivery delivery(Delivery delivery) {
    return io.tenure.proto.alert.v1.Delivery.newBuilder()
        .setAlertId(delivery.alertId())
        .setReceiverId(delivery.receiverId())
        .setState(state(delivery.state()))
        .setAttempts(delivery.attempts())
        .setLastResult(delivery.lastResult())
        .setUpdateTime(Times.timestamp(delivery.updateTime()))
        .build();
  }

  static io.tenure.proto.alert.v1.Backtest backtest(Backtest backtest) {
    return io.tenure.proto.alert.v1.Backtest.newBuilder()
        .addAllPeriods(backtest.periods().stream().map(AlertMessages::period).toList())
        .setWarned(backtest.warned())
        .setWarnedLost(backtest.warnedLost())
        .setPrecision(backtest.precision())
        .setBaseRate(backtest.baseRate())
        .setLift(backtest.lift())
        .setRecall(backtest.recall())
        .addPrecisionInterval(backtest.precisionInterval().lower())
        .addPrecisionInterval(backtest.precisionInterval().upper())
        .build();
  }

  private static BacktestPeriod period(Period period) {
    return BacktestPeriod.newBuilder()
        .setAsOfTime(Times.timestamp(period.asOf()))
        .setUsers(period.users())
        .setWarned(period.warned())
        .setWarnedLost(period.warnedLost())
        .setLost(period.lost())
        .build();
  }

  private static DeliveryState state(Delivery.State state) {
    return switch (state) {
      case PENDING -> DeliveryState.DELIVERY_STATE_PENDING;
      case DELIVERED -> DeliveryState.DELIVERY_STATE_DELIVERED;
      case FAILED -> DeliveryState.DELIVERY_STATE_FAILED;
      case WITHHELD -> DeliveryState.DELIVERY_STATE_WITHHELD;
    };
  }
}
