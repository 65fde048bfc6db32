package io.tenure.gateway.store;

import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Directory;
import io.tenure.gateway.domain.Person;
import io.tenure.gateway.domain.Project;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * People, projects and keys as definitions of a reserved project nobody can choose, so that their
 * history is kept like that of everything else people define.
 */
public final class DefinitionDirectory implements Directory {

  private static final ProjectId SYSTEM = new ProjectId("tenure-system");

  private final Definitions people;
  private final Definitions projects;
  private final Definitions keys;

  /** A directory in these stores. */
  public DefinitionDirectory(ClickHouse clickHouse, Redis redis, Clock clock) {
    this.people = new Definitions(clickHouse, redis, clock, "person");
    this.projects = new Definitions(clickHouse, redis, clock, "project");
    this.keys = new Definitions(clickHouse, redis, clock, "key");
  }

  @Override
  public Content load() {
    return new Content(
        read(people, Person.class),
        read(projects, Project.class).stream()
            .sorted(Comparator.comparing(Project::createTime))
            .toList(),
        read(keys, AccessKey.class));
  }

  @Override
  public String version() {
    String person = people.version(SYSTEM);
    String project = projects.version(SYSTEM);
    String key = keys.version(SYSTEM);
    boolean lost = person.isEmpty() || project.isEmpty() || key.isEmpty();
    return lost ? "" : person + project + key;
  }

  @Override
  public void add(Person person, String author) {
    // Names are free text; ids of definitions are not.
    String id = HexFormat.of().formatHex(person.username().getBytes(StandardCharsets.UTF_8));
    people.create(SYSTEM, id, Json.write(person), author);
  }

  @Override
  public void add(Project project, String author) {
    projects.create(SYSTEM, project.id().value(), Json.write(project), author);
  }

  @Override
  public void add(AccessKey key, String author) {
    keys.create(SYSTEM, key.id(), Json.write(key), author);
  }

  @Override
  public void replace(AccessKey key, String author) {
    keys.update(SYSTEM, key.id(), Json.write(key), author, "");
  }

  private static <T> List<T> read(Definitions definitions, Class<T> type) {
    return definitions.list(SYSTEM).stream()
        .map(Revision::body)
        .map(body -> Json.MAPPER.readValue(body, type))
        .toList();
  }
}
