package io.tenure.benchmarks.profile;

import com.google.protobuf.util.Timestamps;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import java.util.List;
import java.util.UUID;

/**
 * The customers of a bank, each the same in every run: a login, on every second one a device; six
 * traits, two of them numbers that move; and six events of up to six names on six days.
 */
final class Population {

  /** Records of a user. */
  static final int ROUNDS = 6;

  private static final long MONDAY = 1_788_134_400_000L;
  private static final long DAY = 86_400_000;
  private static final List<String> EVENTS =
      List.of("Login", "ViewFund", "Transfer", "PayBill", "ReadNews", "Deposit", "Search", "Share");
  private static final List<String> CITIES = List.of("上海", "北京", "深圳", "成都", "杭州", "武汉");

  private final String project;

  Population(String project) {
    this.project = project;
  }

  static String login(long user) {
    return "customer-%08d".formatted(user);
  }

  /** What a user does in a round. */
  ProfileRecord.Builder record(long user, int round) {
    ProfileRecord.Builder record =
        ProfileRecord.newBuilder()
            .setProjectId(project)
            .setLoginId(login(user))
            .setEventName(EVENTS.get((int) ((user + (long) round * round) % EVENTS.size())))
            .setEventTime(
                Timestamps.fromMillis(MONDAY + round * 2 * DAY + user * 7_919 % (DAY / 2)));
    if (user % 2 == 0) {
      record.setAnonymousId(new UUID(user * 0x9E3779B97F4A7C15L, ~user).toString());
    }
    if (round == 0) {
      record
          .setBind(user % 2 == 0)
          .addChanges(set("city", '"' + CITIES.get((int) (user % CITIES.size())) + '"'))
          .addChanges(set("level", '"' + (user % 10 == 0 ? "gold" : "standard") + '"'))
          .addChanges(set("age", Long.toString(18 + user % 60)))
          .addChanges(set("opened_on", "\"2024-0" + (1 + user % 9) + "-15\""))
          .addChanges(set("risk_class", '"' + "R" + (1 + user % 5) + '"'))
          .addChanges(set("balance", user % 100_000 + "." + (10 + user % 90)));
    } else if (round % 2 == 0) {
      record.addChanges(
          TraitChange.newBuilder()
              .setOperation(Operation.OPERATION_INCREMENT)
              .setName("balance")
              .setJsonValue(round + ".35"));
    }
    return record;
  }

  private static TraitChange set(String name, String json) {
    return TraitChange.newBuilder()
        .setOperation(Operation.OPERATION_SET)
        .setName(name)
        .setJsonValue(json)
        .build();
  }
}
