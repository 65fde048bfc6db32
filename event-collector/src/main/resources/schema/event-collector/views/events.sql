SELECT project_id, name, event_time, original_time, receive_time,
  if((SELECT count() FROM user_overrides) + (SELECT count() FROM user_finals) = 0, events.user_number,
    dictGetOrDefault('merged_users', 'new_number',
      (cityHash64(project_id), if(events.final_number = 0, events.user_number, events.final_number)),
      if(events.final_number = 0, events.user_number, events.final_number))) AS user_number,
  event_id, event_key, login_id, anonymous_id, library, properties, log_id, log_offset,
  events.user_number AS stored_user_number
