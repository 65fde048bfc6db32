/**
 * The real ClickHouse engine as a library of this process, behind ClickHouse's own HTTP protocol,
 * so that the official drivers cannot tell it from a server.
 *
 * <p>The road of a statement: {@code HttpDoor} -> {@code HttpExchange} -> {@code StatementHandler}
 * -> {@code EnginePool} -> {@code EngineConnection} -> {@code EngineLibrary}.
 */
@NullMarked
package io.tenure.platform.embedded.clickhouse;

import org.jspecify.annotations.NullMarked;
