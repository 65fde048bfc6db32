ALTER TABLE events {on shards} MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE items MODIFY SETTING old_parts_lifetime = 60;

ALTER TABLE quarantine MODIFY SETTING old_parts_lifetime = 60;
