ALTER TABLE alerts MODIFY SETTING old_parts_lifetime = 60;
