package io.tenure.platform.clickhouse;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where tables lie: all on one server, or on the servers of a cluster. Statements of a schema are
 * written once, for one server, and this makes of them what a cluster needs.
 *
 * <p>In a cluster a table is copied to every server, so that whatever a statement joins is there
 * already. Only what says {@code {sharded by EXPRESSION}} is divided: {@code NAME_local} then holds
 * a shard's part, copied to the shard's replicas, and {@code NAME} asks all shards. A view that
 * says so is made on every shard over its part. {@code {on shards}} stands behind the name of a
 * divided table whose parts are changed while its columns stay.
 *
 * <p>The servers' macros {@code shard} and {@code replica} name their place.
 */
public final class TableLayout {

  /** Everything on one server. */
  public static final TableLayout ONE_SERVER = new TableLayout("");

  private static final String LOCAL = "_local";
  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_.-]{0,100}");
  private static final Pattern MARK =
      Pattern.compile("\\s*\\{(?:on shards|sharded by ((?:[^{}])+))\\}");
  private static final Pattern COMMENTS = Pattern.compile("^(?:\\s*--[^\\n]*\\n)+");
  private static final Pattern CREATE_TABLE =
      Pattern.compile("CREATE TABLE( IF NOT EXISTS)? (\\w+)");
  private static final Pattern ENGINE =
      Pattern.compile("ENGINE = (\\w*MergeTree)(?:\\(([^)]*)\\))?");
  private static final Pattern VIEW =
      Pattern.compile("(CREATE(?: OR REPLACE)? VIEW(?: IF NOT EXISTS)?) (\\w+) AS");
  private static final Pattern SOURCE = Pattern.compile("\\bFROM (\\w+)( FINAL)?\\s*$");
  private static final Pattern ALTER = Pattern.compile("ALTER TABLE (\\w+)");
  private static final Pattern EVERYWHERE =
      Pattern.compile(
          "CREATE (?:MATERIALIZED VIEW|DICTIONARY|DATABASE)(?: IF NOT EXISTS)?"
              + " (?:\\w+|\\{\\w+:Identifier\\})");

  private final String cluster;

  private TableLayout(String cluster) {
    this.cluster = cluster;
  }

  /**
   * A layout.
   *
   * @param cluster the name of a cluster as the servers know it; empty for one server
   */
  public static TableLayout of(String cluster) {
    if (!CLUSTER.matcher(cluster).matches()) {
      throw new IllegalArgumentException("No name of a cluster");
    }
    return cluster.isEmpty() ? ONE_SERVER : new TableLayout(cluster);
  }

  /** Whether there is more than one server. */
  public boolean isCluster() {
    return !cluster.isEmpty();
  }

  /** The table that holds a server's own rows of a divided one. */
  public String stored(String table) {
    return isCluster() ? table + LOCAL : table;
  }

  /** What every server tells about itself, for example {@code system.parts}, of all of them. */
  public String everywhere(String systemTable) {
    return isCluster() ? "clusterAllReplicas('" + cluster + "', " + systemTable + ")" : systemTable;
  }

  /**
   * Settings of every statement. What a question looks up is sent along with it, since a copy may
   * be a moment behind; a shard that does not answer fails the question; and the servers never take
   * a column for the one the rows are divided by.
   */
  Map<String, String> settings() {
    return isCluster()
        ? Map.of(
            "distributed_foreground_insert", "1",
            "prefer_global_in_and_join", "1",
            "distributed_product_mode", "global",
            "skip_unavailable_shards", "0",
            "optimize_skip_unused_shards", "0",
            "optimize_distributed_group_by_sharding_key", "0",
            "distributed_group_by_no_merge", "0")
        : Map.of();
  }

  /** The statements to run in place of one. */
  public List<String> statements(String statement) {
    Matcher mark = MARK.matcher(statement);
    boolean marked = mark.find();
    String plain = marked ? mark.replaceFirst("") : statement;
    if (!isCluster()) {
      return List.of(plain);
    }
    String key = marked && mark.group(1) != null ? mark.group(1) : "";
    return inCluster(COMMENTS.matcher(plain).replaceFirst(""), marked, key);
  }

  private List<String> inCluster(String plain, boolean marked, String key) {
    if (CREATE_TABLE.matcher(plain).lookingAt()) {
      return key.isEmpty() ? List.of(copied(plain)) : divided(plain, key);
    }
    if (VIEW.matcher(plain).lookingAt()) {
      return key.isEmpty() ? List.of(onCluster(VIEW, plain)) : dividedView(plain, key);
    }
    if (ALTER.matcher(plain).lookingAt()) {
      return marked ? altered(plain, key) : List.of(plain);
    }
    return List.of(onCluster(EVERYWHERE, plain));
  }

  /** One group of replicas over all servers. */
  private String copied(String create) {
    return replicated(onCluster(CREATE_TABLE, create), "", "{shard}-{replica}");
  }

  private List<String> divided(String create, String key) {
    Matcher table = CREATE_TABLE.matcher(create);
    String name = name(table, 2);
    String local = onCluster(CREATE_TABLE, table.replaceFirst("CREATE TABLE$1 $2" + LOCAL));
    return List.of(
        replicated(local, "/{shard}", "{replica}"),
        asking("CREATE TABLE IF NOT EXISTS", name, key));
  }

  private List<String> dividedView(String create, String key) {
    Matcher view = VIEW.matcher(create);
    String name = name(view, 2);
    String local = view.replaceFirst("$1 $2" + LOCAL + " AS");
    Matcher source = SOURCE.matcher(local);
    local = source.replaceFirst("FROM $1" + LOCAL + " AS $1$2");
    return List.of(onCluster(VIEW, local), asking("CREATE OR REPLACE TABLE", name, key));
  }

  private List<String> altered(String alter, String key) {
    Matcher table = ALTER.matcher(alter);
    String name = name(table, 1);
    String local = table.replaceFirst("ALTER TABLE $1" + LOCAL + onCluster());
    return key.isEmpty()
        ? List.of(local)
        : List.of(local, asking("CREATE OR REPLACE TABLE", name, key));
  }

  /** The table that has no rows and asks the shards for theirs. */
  private String asking(String create, String name, String key) {
    return "%s %s%s AS %s%s ENGINE = Distributed('%s', currentDatabase(), '%s%s', %s)"
        .formatted(create, name, onCluster(), name, LOCAL, cluster, name, LOCAL, key);
  }

  private static String replicated(String create, String shard, String replica) {
    Matcher engine = ENGINE.matcher(create);
    if (!engine.find()) {
      return create;
    }
    String arguments = engine.group(2) == null ? "" : ", " + engine.group(2);
    String path = "'/clickhouse/tables/{database}/{table}" + shard + "', '" + replica + "'";
    return new StringBuilder(create)
        .replace(
            engine.start(),
            engine.end(),
            "ENGINE = Replicated" + engine.group(1) + "(" + path + arguments + ")")
        .toString()
        .replace("non_replicated_deduplication_window", "replicated_deduplication_window");
  }

  private String onCluster(Pattern head, String statement) {
    return head.matcher(statement).replaceFirst(found -> placed(found));
  }

  /** The name is the last word of a head, but for that of a view. */
  private String placed(MatchResult head) {
    String text = head.group();
    String placed =
        text.endsWith(" AS")
            ? text.substring(0, text.length() - 3) + onCluster() + " AS"
            : text + onCluster();
    return Matcher.quoteReplacement(placed);
  }

  private String onCluster() {
    return " ON CLUSTER '" + cluster + "'";
  }

  private static String name(Matcher matcher, int group) {
    matcher.reset();
    if (!matcher.find()) {
      throw new IllegalStateException("No name in a statement of the schema");
    }
    return matcher.group(group);
  }
}
