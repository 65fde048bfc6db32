package io.tenure.standalone.faults;

import io.tenure.standalone.faults.FaultProxy.Mode;

/** What goes wrong, how it is made to, and how it is mended. */
enum Fault {
  PLATFORM_KILLED {
    @Override
    void begin(Subject subject) throws Exception {
      subject.killPlatform();
    }

    @Override
    void end(Subject subject) throws Exception {
      subject.restartPlatform();
    }
  },
  CLICKHOUSE_KILLED {
    @Override
    void begin(Subject subject) throws Exception {
      // Slow first, so that an insert is under way when the process ends.
      subject.clickHouseNetwork().become(Mode.SLOW);
      awaitHit(subject.clickHouseNetwork());
      subject.killClickHouse();
    }

    @Override
    void end(Subject subject) throws Exception {
      subject.restartClickHouse();
      subject.clickHouseNetwork().become(Mode.GOOD);
    }
  },
  CLICKHOUSE_ANSWER_LOST {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clickHouseNetwork(), Mode.LOSES_ANSWERS);
    }

    @Override
    void end(Subject subject) {
      subject.clickHouseNetwork().become(Mode.GOOD);
    }
  },
  CLICKHOUSE_REFUSES {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clickHouseNetwork(), Mode.REFUSES);
    }

    @Override
    void end(Subject subject) {
      subject.clickHouseNetwork().become(Mode.GOOD);
    }
  },
  CLICKHOUSE_HANGS {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clickHouseNetwork(), Mode.HANGS);
    }

    @Override
    void end(Subject subject) {
      subject.clickHouseNetwork().become(Mode.GOOD);
    }
  },
  CLICKHOUSE_SLOW {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clickHouseNetwork(), Mode.SLOW);
    }

    @Override
    void end(Subject subject) {
      subject.clickHouseNetwork().become(Mode.GOOD);
    }
  },
  REDIS_REFUSES {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.redisNetwork(), Mode.REFUSES);
    }

    @Override
    void end(Subject subject) {
      subject.redisNetwork().become(Mode.GOOD);
    }
  },
  REDIS_ANSWER_LOST {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.redisNetwork(), Mode.LOSES_ANSWERS);
    }

    @Override
    void end(Subject subject) {
      subject.redisNetwork().become(Mode.GOOD);
    }
  },
  REDIS_HANGS {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.redisNetwork(), Mode.HANGS);
    }

    @Override
    void end(Subject subject) {
      subject.redisNetwork().become(Mode.GOOD);
    }
  },
  REDIS_KILLED {
    @Override
    void begin(Subject subject) throws Exception {
      subject.killRedis();
    }

    @Override
    void end(Subject subject) {
      subject.restartRedis();
    }
  },
  REDIS_FORGETS {
    @Override
    void begin(Subject subject) throws Exception {
      subject.killRedis();
      subject.forgetRedis();
    }

    @Override
    void end(Subject subject) {
      subject.restartRedis();
    }
  },
  PLATFORM_AND_REDIS_KILLED {
    @Override
    void begin(Subject subject) throws Exception {
      subject.killRedis();
      subject.killPlatform();
    }

    @Override
    void end(Subject subject) throws Exception {
      subject.restartRedis();
      subject.restartPlatform();
    }
  },
  CLIENT_ANSWER_LOST {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clientNetwork(), Mode.LOSES_ANSWERS);
    }

    @Override
    void end(Subject subject) {
      subject.clientNetwork().become(Mode.GOOD);
    }
  },
  CLIENT_CUT {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clientNetwork(), Mode.REFUSES);
    }

    @Override
    void end(Subject subject) {
      subject.clientNetwork().become(Mode.GOOD);
    }
  },
  DISK_FULL {
    @Override
    void begin(Subject subject) throws Exception {
      subject.disk().fill();
    }

    @Override
    void end(Subject subject) throws Exception {
      subject.disk().free();
    }
  },
  PLATFORM_KILLED_WITHOUT_CLICKHOUSE {
    @Override
    void begin(Subject subject) throws Exception {
      worsen(subject.clickHouseNetwork(), Mode.LOSES_ANSWERS);
      subject.killPlatform();
    }

    @Override
    void end(Subject subject) throws Exception {
      subject.clickHouseNetwork().become(Mode.GOOD);
      subject.restartPlatform();
    }
  };

  private static final int HIT_PATIENCE_MILLISECONDS = 60_000;

  /** Breaks something; returns when it has hit. */
  abstract void begin(Subject subject) throws Exception;

  /** Mends it; the platform may need a while to be well again. */
  abstract void end(Subject subject) throws Exception;

  /** Whether clients must notice it, by requests that fail. */
  boolean reachesClients() {
    return switch (this) {
      case PLATFORM_KILLED,
          PLATFORM_AND_REDIS_KILLED,
          PLATFORM_KILLED_WITHOUT_CLICKHOUSE,
          CLIENT_ANSWER_LOST,
          CLIENT_CUT,
          DISK_FULL ->
          true;
      case CLICKHOUSE_KILLED,
          CLICKHOUSE_ANSWER_LOST,
          CLICKHOUSE_REFUSES,
          CLICKHOUSE_HANGS,
          CLICKHOUSE_SLOW,
          REDIS_REFUSES,
          REDIS_ANSWER_LOST,
          REDIS_HANGS,
          REDIS_KILLED,
          REDIS_FORGETS ->
          false;
    };
  }

  private static void worsen(FaultProxy network, Mode mode) throws InterruptedException {
    network.become(mode);
    awaitHit(network);
  }

  private static void awaitHit(FaultProxy network) throws InterruptedException {
    long before = network.hits();
    for (int waited = 0; network.hits() == before; waited += 20) {
      if (waited > HIT_PATIENCE_MILLISECONDS) {
        throw new AssertionError("The fault never hit anything");
      }
      Thread.sleep(20);
    }
  }
}
