package io.tenure.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A constant Lua script: everything that varies comes as keys and arguments. */
public record RedisScript(String name, String text) {

  /** Reads {@code NAME.lua} beside a class. */
  public static RedisScript beside(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "There is no " + name + ".lua beside " + owner.getName());
      }
      return new RedisScript(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
