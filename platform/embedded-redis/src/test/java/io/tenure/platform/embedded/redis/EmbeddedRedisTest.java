package io.tenure.platform.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRedisTest {

  @TempDir Path directory;

  @Test
  void aScriptAndAStreamWork() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.at(directory))) {
      String sum =
          ask(
              redis,
              connection ->
                  connection
                      .sync()
                      .eval(
                          "return tostring(ARGV[1] + ARGV[2])",
                          ScriptOutputType.VALUE,
                          new String[0],
                          "20",
                          "22"));
      assertThat(sum).isEqualTo("42");
      assertThat(ask(redis, connection -> connection.sync().xadd("events", "name", "登录")))
          .isNotBlank();
    }
  }

  @Test
  void dataSurvivesARestart() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.at(directory))) {
      ask(redis, connection -> connection.sync().set("name", "理财"));
    }
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.at(directory))) {
      assertThat(ask(redis, connection -> connection.sync().get("name"))).isEqualTo("理财");
    }
  }

  @Test
  void aServerLeftBehindIsTakenOverWithItsData() throws Exception {
    EmbeddedRedis left =
        EmbeddedRedis.start(EmbeddedRedisOptions.at(directory).withPassword("old"));
    ask(left, connection -> connection.sync().set("name", "kept"));
    try (EmbeddedRedis redis =
        EmbeddedRedis.start(EmbeddedRedisOptions.at(directory).withPassword("new"))) {
      assertThat(ProcessHandle.of(left.pid()).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(ask(redis, connection -> connection.sync().get("name"))).isEqualTo("kept");
    }
  }

  @Test
  void aForeignProcessWithTheOldNumberIsLeftAlone() throws Exception {
    Process foreign = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(directory.resolve("redis.pid"), foreign.pid() + "\n");
      try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.at(directory))) {
        assertThat(foreign.isAlive()).isTrue();
        assertThat(ask(redis, connection -> connection.sync().ping())).isEqualTo("PONG");
      }
    } finally {
      foreign.destroy();
    }
  }

  @Test
  void strangersAreKeptOut() {
    try (EmbeddedRedis redis =
        EmbeddedRedis.start(EmbeddedRedisOptions.at(directory).withPassword("s3:cr@t/%"))) {
      assertThat(ask(redis, connection -> connection.sync().ping())).isEqualTo("PONG");
      RedisClient stranger = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
      assertThatThrownBy(() -> stranger.connect().sync().get("x"))
          .hasStackTraceContaining("NOAUTH");
      stranger.shutdown();
    }
  }

  @Test
  void nothingIsEvictedAndEverySecondIsOnDisk() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.at(directory))) {
      assertThat(ask(redis, connection -> connection.sync().configGet("*").toString()))
          .contains(
              "maxmemory-policy=noeviction",
              "appendonly=yes",
              "appendfsync=everysec",
              "bind=127.0.0.1");
    }
  }

  @Test
  void aDirectoryThatIsAFileIsRefusedWithItsName() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> EmbeddedRedis.start(EmbeddedRedisOptions.at(file)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aPortInUseIsReportedInTheServersOwnWords() {
    try (EmbeddedRedis redis =
        EmbeddedRedis.start(EmbeddedRedisOptions.at(directory.resolve("a")))) {
      assertThatThrownBy(
              () ->
                  EmbeddedRedis.start(
                      EmbeddedRedisOptions.at(directory.resolve("b")).withPort(redis.port())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void brokenDataIsRefusedRatherThanOverwritten() throws Exception {
    Files.write(
        directory.resolve("appendonly.aof"),
        "this is no append-only file\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> EmbeddedRedis.start(EmbeddedRedisOptions.at(directory)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("append only file");
  }

  @Test
  void closingTwiceDoesNoHarm() {
    EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.at(directory));
    redis.close();
    redis.close();
    assertThat(ProcessHandle.of(redis.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static String ask(
      EmbeddedRedis redis, Function<StatefulRedisConnection<String, String>, String> question) {
    RedisClient client = RedisClient.create(redis.url());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return question.apply(connection);
    } finally {
      client.shutdown();
    }
  }
}
