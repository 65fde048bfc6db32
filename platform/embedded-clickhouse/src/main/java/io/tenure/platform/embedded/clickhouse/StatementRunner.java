package io.tenure.platform.embedded.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Runs a request's statement on a session of the pool and writes its rows. */
final class StatementRunner {

  private static final String NO_STREAM = "Streaming query is not supported";

  private final EnginePool pool;

  StatementRunner(EnginePool pool) {
    this.pool = pool;
  }

  void run(Exchange exchange, StatementRequest request, ResponseBody response)
      throws IOException, InterruptedException {
    StatementSource source =
        StatementSource.read(request.query(), BodyEncoding.decoded(request, exchange.body()));
    if (request.readOnly()) {
      refuseWrites(source.statement());
    }
    EngineSession session = pool.acquire();
    boolean reusable = false;
    try {
      exchange.running(() -> pool.kill(session));
      session.prepare(request.database(), request.settings());
      EngineConnection connection = session.connection();
      reusable =
          switch (source.statement()) {
            case Statement.Select select -> {
              select(connection, select, request, response);
              yield true;
            }
            case Statement.Insert insert -> {
              insert(connection, insert, source, request, response);
              yield true;
            }
            case Statement.Command command -> {
              command(connection, command.text(), command.format(), request, response);
              yield !command.changesSession();
            }
          };
    } finally {
      exchange.stopped();
      pool.release(session, reusable);
    }
  }

  private void select(
      EngineConnection connection,
      Statement.Select select,
      StatementRequest request,
      ResponseBody response)
      throws IOException {
    if (request.awaitEnd()) {
      command(connection, select.text(), select.format(), request, response);
      return;
    }
    String format = select.format().orElse(request.format());
    SelectStream stream;
    try {
      stream = connection.select(select.text(), format, request.parameters());
    } catch (EngineException e) {
      if (!e.text().contains(NO_STREAM)) {
        throw e;
      }
      command(connection, select.text(), select.format(), request, response);
      return;
    }
    try (stream) {
      stream(stream, format, request, response);
    }
  }

  private static void stream(
      SelectStream stream, String format, StatementRequest request, ResponseBody response)
      throws IOException {
    String tag = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    response.headers().set("X-ClickHouse-Format", format).set("X-ClickHouse-Exception-Tag", tag);
    OutputStream out = BodyEncoding.encoded(request, response);
    try {
      boolean more = true;
      while (more) {
        try (EngineResult piece = stream.next()) {
          more = piece.length() > 0;
          piece.writeTo(out);
        }
      }
    } catch (EngineException e) {
      if (!response.isStarted()) {
        throw e;
      }
      out.write(lateFailure(tag, e).getBytes(StandardCharsets.UTF_8));
      out.flush();
      response.breakOff();
      throw e;
    }
    out.close();
  }

  private static void insert(
      EngineConnection connection,
      Statement.Insert insert,
      StatementSource source,
      StatementRequest request,
      ResponseBody response)
      throws IOException {
    try (InsertStream stream =
        connection.insert(insert.text(), insert.format(), request.parameters())) {
      stream.append(source.data());
      response.headers().set("X-ClickHouse-Summary", stream.finish().json());
    }
  }

  private static void command(
      EngineConnection connection,
      String text,
      Optional<String> named,
      StatementRequest request,
      ResponseBody response)
      throws IOException {
    String format = named.orElse(request.format());
    try (EngineResult result = connection.query(text, format, request.parameters())) {
      response
          .headers()
          .set("X-ClickHouse-Format", format)
          .set("X-ClickHouse-Summary", result.progress().json());
      try (OutputStream out = BodyEncoding.encoded(request, response)) {
        result.writeTo(out);
      }
    }
  }

  private static void refuseWrites(Statement statement) {
    boolean reads =
        switch (statement) {
          case Statement.Select select -> true;
          case Statement.Insert insert -> false;
          case Statement.Command command -> command.readOnly();
        };
    if (!reads) {
      throw new EngineException(
          ErrorCode.READONLY,
          "Cannot execute query in readonly mode. For queries over HTTP, method GET implies"
              + " readonly. You should use method POST for modifying queries");
    }
  }

  /**
   * How the server tells of a failure after rows have left: a block at the end of the body, named
   * by a header, and no proper end.
   */
  private static String lateFailure(String tag, EngineException failure) {
    String text = failure.text() + "\n";
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return "\r\n__exception__\r\n"
        + tag
        + "\r\n"
        + text
        + length
        + " "
        + tag
        + "\r\n__exception__\r\n";
  }
}
