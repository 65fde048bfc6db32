package io.tenure.segment.store;

import io.lettuce.core.SetArgs;
import io.tenure.platform.json.Json;
import io.tenure.platform.redis.Redis;
import io.tenure.segment.domain.analysis.RememberedAnswers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers in Redis, so that all processes remember the same ones. */
public final class RedisAnswers implements RememberedAnswers {

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MAX_BYTES = 1_000_000;
  private static final String KEY = "analysis:answer:";

  private final Redis redis;

  /** Answers in the given store. */
  public RedisAnswers(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Optional<Remembered> find(String question) {
    @Nullable String text = redis.call("answer read", commands -> commands.get(KEY + question));
    return Optional.ofNullable(text)
        .map(written -> Json.MAPPER.readValue(written, Remembered.class));
  }

  @Override
  public void keep(String question, Remembered answer) {
    if (answer.bytes().length <= MAX_BYTES) {
      redis.call(
          "answer write",
          commands ->
              commands.set(
                  KEY + question, Json.write(answer), SetArgs.Builder.px(LIFE.toMillis())));
    }
  }
}
