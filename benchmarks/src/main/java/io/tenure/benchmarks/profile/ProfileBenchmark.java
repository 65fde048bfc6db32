package io.tenure.benchmarks.profile;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tenure.benchmarks.load.CallLoop;
import io.tenure.benchmarks.load.Child;
import io.tenure.benchmarks.load.CpuTimes;
import io.tenure.benchmarks.load.LoadLoop;
import io.tenure.benchmarks.load.LoadResult;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceFutureStub;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Measures profiles: what applying records costs, what a profile takes in Redis, how fast one and a
 * hundred are read through gRPC and through the gateway, and how fast a Redis that lost everything
 * is filled again. The load comes from this process, the platform is one of its own.
 */
public final class ProfileBenchmark implements AutoCloseable {

  private static final int PIPELINE = 2_000;
  private static final int LOGS = 2;
  private static final int UNDER_WAY = 32;
  private static final long REPLY_SECONDS = 120;

  private final ProfilePlan plan;
  private final Child platform;
  private final ProfileProcess.Doors doors;
  private final ManagedChannel channel;
  private final ProfileServiceFutureStub profiles;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> redis;
  private final Population population;
  private final Caller caller;
  private final ProfileReport report;
  private final long[] offsets = new long[LOGS];

  private ProfileBenchmark(ProfilePlan plan, Path directory) throws IOException {
    this.plan = plan;
    Path data = Files.createTempDirectory(directory, "data");
    List<String> jvm = new ArrayList<>(plan.jvm());
    jvm.add("-Dtenure.log=" + data.resolve("tenure.log"));
    jvm.add("-Dlogback.configurationFile=tenure-logback.xml");
    jvm.add("-Dorg.springframework.boot.logging.LoggingSystem=none");
    this.platform =
        Child.start(
            ProfileProcess.class, jvm, List.of(data.toString()), directory.resolve("platform.err"));
    this.doors = Json.MAPPER.readValue(platform.answer(), ProfileProcess.Doors.class);
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", doors.grpcPort())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .intercept(new CallerPropagation())
            .build();
    this.profiles = ProfileServiceGrpc.newFutureStub(channel);
    this.client = RedisClient.create(doors.redisUrl());
    this.redis = client.connect();
    this.population = new Population(doors.project());
    this.caller = new Caller(new ProjectId(doors.project()), "person:bench", Role.ADMINISTRATOR);
    this.report = new ProfileReport(plan);
  }

  /** Runs a plan and prints its report, which it also writes into a directory. */
  public static void run(String options, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    ProfilePlan plan = ProfilePlan.of(options);
    Files.createDirectories(directory);
    try (ProfileBenchmark benchmark = new ProfileBenchmark(plan, directory)) {
      benchmark.measure();
      String text = benchmark.report.text();
      Files.writeString(directory.resolve("profile.md"), text);
      System.out.print(text);
    }
  }

  private void measure() throws IOException, InterruptedException, ExecutionException {
    if (plan.parts().contains("apply")) {
      apply();
    } else {
      for (int round = 0; round < 2; round++) {
        send(plan.users(), 1, round);
      }
    }
    if (plan.parts().contains("read")) {
      read();
    }
    if (plan.parts().contains("rebuild")) {
      rebuild();
    }
  }

  private void apply() throws InterruptedException, ExecutionException {
    long empty = memory();
    for (int round = 0; round < Population.ROUNDS; round++) {
      int now = round;
      measured(
          "each user once in a batch, round " + (round + 1),
          plan.users(),
          () -> send(plan.users(), 1, now));
    }
    double bytes = (double) (memory() - empty) / plan.users();
    report.memory(bytes, profileBytes(), plan.users());
    int few = Math.max(plan.batch(), plan.users() / 10);
    measured("ten records of each user in a batch", 10L * few, () -> send(few, 10, 1));
    report.baseline("one pipelined HSET for each record, nothing else", bareWrites());
  }

  /** Records by the thousand, one batch of each log under way. */
  private void send(int users, int recordsPerUser, int round)
      throws ExecutionException, InterruptedException {
    List<Thread> senders = new ArrayList<>();
    for (int log = 0; log < LOGS; log++) {
      int mine = log;
      senders.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler(
                  (thread, failure) -> {
                    failure.printStackTrace();
                    Runtime.getRuntime().halt(1);
                  })
              .start(() -> send(mine, users, recordsPerUser, round)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private void send(int log, int users, int recordsPerUser, int round) {
    var blocking = ProfileServiceGrpc.newBlockingStub(channel).withDeadlineAfter(1, TimeUnit.HOURS);
    ApplyRequest.Builder batch = request(log);
    for (long user = log; user < users; user += LOGS) {
      for (int i = 0; i < recordsPerUser; i++) {
        batch.addRecords(population.record(user, round).setLogOffset(offsets[log]++));
      }
      if (batch.getRecordsCount() >= plan.batch() || user + LOGS >= users) {
        var unused = blocking.apply(batch.build());
        batch = request(log);
      }
    }
  }

  private static ApplyRequest.Builder request(int log) {
    return ApplyRequest.newBuilder().setLogId("bench-" + log);
  }

  private double bareWrites() {
    redis.setAutoFlushCommands(false);
    long start = System.nanoTime();
    int count = 200_000;
    List<RedisFuture<Boolean>> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(redis.async().hset("bare:" + i % 50_000, "field-" + i % 7, "a value of a trait"));
      if (replies.size() == PIPELINE) {
        redis.flushCommands();
        LettuceFutures.awaitAll(
            Duration.ofSeconds(REPLY_SECONDS), replies.toArray(RedisFuture[]::new));
        replies.clear();
      }
    }
    redis.setAutoFlushCommands(true);
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private void read() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(7);
    int[] users = random.ints(1 << 20, 0, plan.users()).toArray();
    CallLoop bare =
        new CallLoop(
            (number, end) -> {
              var unused =
                  redis
                      .async()
                      .hgetall(key(1 + users[number & (users.length - 1)]))
                      .whenComplete((reply, failure) -> end.accept(failure == null ? 1 : 0));
            });
    CallLoop one = calls(number -> get(users[number & (users.length - 1)]));
    CallLoop hundred =
        calls(
            number -> {
              BatchGetProfilesRequest.Builder request = BatchGetProfilesRequest.newBuilder();
              for (int i = 0; i < 100; i++) {
                request.addIds(Population.login(users[(number * 100 + i) & (users.length - 1)]));
              }
              return CallerContext.as(caller, () -> profiles.batchGetProfiles(request.build()));
            });
    one.closed(UNDER_WAY, plan.warmUp());
    gateway(users, plan.warmUp(), 0);

    double baseline =
        measured("bare HGETALL of the profile", rate -> load(bare, UNDER_WAY, rate), 0);
    measured("GetProfile, gRPC", rate -> load(one, UNDER_WAY, rate), baseline);
    measured("BatchGetProfiles of 100, gRPC", rate -> load(hundred, 4, rate), baseline);
    measured(
        "GET /api/v1/profiles/{id}, gateway",
        rate -> gateway(users, plan.measure(), rate),
        baseline);
  }

  private LoadResult load(CallLoop calls, int underWay, double rate) throws InterruptedException {
    return rate == 0 ? calls.closed(underWay, plan.measure()) : calls.open(rate, plan.measure());
  }

  /** At full load, then at half of it; returns the calls a second at full load. */
  private double measured(String name, Load load, double baseline)
      throws IOException, InterruptedException {
    LoadResult full = load.at(0);
    double rate = full.requestsPerSecond();
    CpuTimes before = CpuTimes.of(platform.pid());
    LoadResult half = load.at(rate / 2);
    report.read(
        name,
        full,
        half,
        CpuTimes.of(platform.pid()).since(before),
        baseline == 0 ? 1 : rate / baseline);
    return rate;
  }

  private ListenableFuture<?> get(int user) {
    GetProfileRequest request =
        GetProfileRequest.newBuilder().setId(Population.login(user)).build();
    return CallerContext.as(caller, () -> profiles.getProfile(request));
  }

  private static CallLoop calls(IntFunction<ListenableFuture<?>> call) {
    return new CallLoop(
        (number, end) -> {
          ListenableFuture<?> reply = call.apply(number);
          reply.addListener(() -> end.accept(outcome(reply)), MoreExecutors.directExecutor());
        });
  }

  private static int outcome(ListenableFuture<?> reply) {
    return reply.state() == java.util.concurrent.Future.State.SUCCESS ? 1 : 0;
  }

  private LoadResult gateway(int[] users, Duration limit, double rate) throws IOException {
    int most = (int) (rate == 0 ? limit.toSeconds() * 8_000 : limit.toSeconds() * rate);
    List<byte[]> requests = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      requests.add(
          ("GET /api/v1/profiles/"
                  + Population.login(users[i & (users.length - 1)])
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + doors.secretKey()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
    return new LoadLoop(URI.create(doors.gateway()), requests, limit, rate).run(UNDER_WAY);
  }

  private void rebuild() throws InterruptedException {
    redis.sync().flushall();
    long start = System.nanoTime();
    CpuTimes cpu = CpuTimes.of(platform.pid());
    String mark = "rebuilt:{" + doors.project() + "}";
    while (!String.valueOf(redis.sync().get(mark)).endsWith(" " + Long.MAX_VALUE)) {
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    report.rebuild(
        plan.users() / seconds,
        CpuTimes.of(platform.pid()).since(cpu).total() * 1e6 / plan.users());
    for (int user = 1; user <= plan.users(); user += 1 + plan.users() / 1_000) {
      if (redis.sync().exists(key(user)) == 0) {
        throw new IllegalStateException("A profile is not back");
      }
    }
  }

  /** Calls at so many a second, or as many as go for 0. */
  private interface Load {
    LoadResult at(double rate) throws IOException, InterruptedException;
  }

  private interface Work {
    void run() throws InterruptedException, ExecutionException;
  }

  private void measured(String name, long records, Work work)
      throws InterruptedException, ExecutionException {
    CpuTimes service = CpuTimes.of(platform.pid());
    CpuTimes store = CpuTimes.of(redisPid());
    long start = System.nanoTime();
    work.run();
    report.apply(
        name,
        records / ((System.nanoTime() - start) / 1e9),
        CpuTimes.of(platform.pid()).since(service),
        CpuTimes.of(redisPid()).since(store),
        records);
  }

  private long redisPid() {
    return platform.children().getFirst().pid();
  }

  private long memory() {
    String info = redis.sync().info("memory");
    int at = info.indexOf("used_memory:") + "used_memory:".length();
    return Long.parseLong(info.substring(at, info.indexOf('\r', at)));
  }

  /** Mean of a thousand profiles, with their keys. */
  private double profileBytes() {
    double sum = 0;
    for (int i = 1; i <= 1_000; i++) {
      sum += redis.sync().memoryUsage(key(i));
    }
    return sum / 1_000;
  }

  private String key(long number) {
    return "profile:{" + doors.project() + "/" + number + "}";
  }

  @Override
  public void close() throws IOException {
    redis.close();
    client.shutdown();
    channel.shutdownNow();
    platform.close();
  }
}
