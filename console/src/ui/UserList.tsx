import type { ReactNode } from 'react';
import type { Member } from '../api/tenure';
import { useConsole } from '../app/context';
import { href } from '../app/router';
import { Paged, type PageSource, usePages } from './Paged';
import { Table } from './parts';

/** Users page by page, each a link to the user's profile. */
export function UserList({ source, label }: { source: PageSource<Member>; label: string }): ReactNode {
  const { t, format } = useConsole();
  const pages = usePages(source);
  return (
    <Paged pages={pages} empty={t('users.empty')}>
      {(members, first) => (
        <>
          <p className="hint" data-testid="user-total">
            {t('users.total', { count: format.count(first.total) })}
          </p>
          <Table label={label}>
            <thead>
              <tr>
                <th>{t('users.user')}</th>
                <th className="number">{t('users.number')}</th>
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.userNumber}>
                  <td>
                    <UserLink member={member} />
                  </td>
                  <td className="number">{member.userNumber}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </Paged>
  );
}

export function UserLink({ member }: { member: Member }): ReactNode {
  const { t } = useConsole();
  const id = member.loginId || `user_number:${member.userNumber}`;
  return (
    <a href={href('profiles', id)}>{member.loginId || t('users.unknown', { number: member.userNumber })}</a>
  );
}
