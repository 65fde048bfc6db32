package io.tenure.segment.store;

import io.tenure.platform.clickhouse.QueryOptions;
import io.tenure.segment.Bank;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ZzProbeTest {
  @Test
  void probe() throws Exception {
    Bank bank = Bank.open("probe");
    Thread t =
        new Thread(
            () -> {
              long s = System.currentTimeMillis();
              try {
                bank.clickHouse()
                    .scan(
                        "SELECT sum(cityHash64(number, number+1, toString(number))) AS s FROM numbers(100000000000)",
                        Map.of(),
                        new QueryOptions("probe-1", Map.of("max_threads", "1", "log_comment", "probe-1")),
                        row -> {});
              } catch (Throwable e) {
                System.out.println("ENDED after " + (System.currentTimeMillis() - s) + " " + e + " " + e.getCause());
              }
            });
    t.start();
    Thread.sleep(2500);
    for (String kill : List.of(
        "KILL QUERY WHERE Settings['log_comment'] = 'probe-1' ASYNC",
        "KILL QUERY WHERE Settings['log_comment'] = 'probe-1' SYNC",
        "KILL QUERY WHERE query LIKE '%toString(number)%' AND query NOT LIKE '%KILL%' ASYNC")) {
    long s = System.currentTimeMillis();
    try {
      System.out.println("KILLED " + bank.clickHouse().query(kill, Map.of(), row -> row.getString("kill_status") + " " + row.getString("query_id")));
    } catch (Throwable e) {
      System.out.println("KILL " + e + " " + e.getCause());
    }
    Thread.sleep(1500);
      List<String> rows =
          bank.clickHouse()
              .query(
                  "SELECT concat(query_id, ' ', toString(read_rows), ' ', toString(is_cancelled), ' ', substring(query, 1, 40)) AS r FROM system.processes",
                  Map.of(),
                  row -> row.getString("r"));
      System.out.println("PROC " + rows);
    }
    t.join(5000);
    System.out.println("alive " + t.isAlive());
    bank.close();
  }
}
