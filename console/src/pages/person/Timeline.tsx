import { type ReactNode, useCallback, useId, useState } from 'react';
import type { TimelineFilter } from '../../api/people';
import { useConsole } from '../../app/context';
import { InputField } from '../../ui/InputField';
import { Paged, usePages } from '../../ui/Paged';
import { Card, Table } from '../../ui/parts';
import { EventPicker } from '../../ui/pickers';
import { shown } from './shown';

const everything: TimelineFilter = { eventName: '', from: '', until: '' };

/** What a user did, newest first, page by page. */
export function Timeline({ userNumber }: { userNumber: number }): ReactNode {
  const { tenure, t, format } = useConsole();
  const [filter, setFilter] = useState(everything);
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) =>
        tenure.people.timeline(userNumber, filter, pageToken, signal),
      [tenure, userNumber, filter],
    ),
  );
  return (
    <Card title={t('profiles.timeline')} className="two-thirds">
      <Filter filter={filter} onChange={setFilter} />
      <Paged
        pages={pages}
        empty={filter === everything ? t('profiles.timeline.empty') : t('person.timeline.none')}
      >
        {(events) => (
          <Table label={t('profiles.timeline')}>
            <tbody>
              {events.map((event) => (
                <tr key={event.eventId} data-testid="event">
                  <td className="nowrap hint">{format.dateTime(event.eventTime)}</td>
                  <td>
                    <code>{event.name}</code>
                  </td>
                  <td className="properties">
                    {Object.entries(event.properties).map(([name, value]) => (
                      <span key={name}>
                        {name} <b>{shown(value)}</b>
                      </span>
                    ))}
                    {event.maskedProperties.map((name) => (
                      <span key={name}>
                        {name} <i>{t('person.masked')}</i>
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Paged>
    </Card>
  );
}

function Filter(props: { filter: TimelineFilter; onChange: (filter: TimelineFilter) => void }): ReactNode {
  const { t } = useConsole();
  const { filter, onChange } = props;
  const heading = useId();
  return (
    <fieldset className="fields" aria-labelledby={heading}>
      <span id={heading} className="visually-hidden">
        {t('person.timeline.filter')}
      </span>
      <EventPicker
        label={t('overview.event')}
        empty={t('person.timeline.all')}
        eager={false}
        value={filter.eventName}
        onChange={(eventName) => onChange({ ...filter, eventName })}
      />
      <InputField
        label={t('range.from')}
        type="date"
        value={filter.from}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <InputField
        label={t('range.to')}
        type="date"
        value={filter.until}
        onChange={(until) => onChange({ ...filter, until })}
      />
    </fieldset>
  );
}
