import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Member, Page } from '../api/tenure';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { href } from '../app/router';
import { Empty, Failure, Loaded, Table } from './parts';

/** Loads the page behind a token; the empty token is the first. */
export type PageSource = (pageToken: string, signal?: AbortSignal) => Promise<Page<Member>>;

/** Users page by page, each a link to the user's profile. */
export function UserList({ source, label }: { source: PageSource; label: string }): ReactNode {
  const { t, format } = useConsole();
  const first = useLoad(useCallback((signal: AbortSignal) => source('', signal), [source]));
  const [later, setLater] = useState<readonly Page<Member>[]>([]);
  const [failure, setFailure] = useState<unknown>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: pages that follow another first page are void.
  useEffect(() => {
    setLater([]);
    setFailure(undefined);
  }, [first.value]);

  const more = (token: string) =>
    source(token).then(
      (page) => setLater((pages) => [...pages, page]),
      (reason: unknown) => setFailure(reason),
    );

  return (
    <Loaded from={first}>
      {(page) => {
        const pages = [page, ...later];
        const token = pages.at(-1)?.nextPageToken ?? '';
        return page.entries.length === 0 ? (
          <Empty>{t('users.empty')}</Empty>
        ) : (
          <>
            <p className="hint" data-testid="user-total">
              {t('users.total', { count: format.count(page.total) })}
            </p>
            <Table label={label}>
              <thead>
                <tr>
                  <th>{t('users.user')}</th>
                  <th className="number">{t('users.number')}</th>
                </tr>
              </thead>
              <tbody>
                {pages
                  .flatMap((each) => each.entries)
                  .map((member) => (
                    <tr key={member.userNumber}>
                      <td>
                        <UserLink member={member} />
                      </td>
                      <td className="number">{member.userNumber}</td>
                    </tr>
                  ))}
              </tbody>
            </Table>
            {failure !== undefined && <Failure failure={failure} />}
            {token && (
              <button type="button" onClick={() => more(token)}>
                {t('app.more')}
              </button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

export function UserLink({ member }: { member: Member }): ReactNode {
  const { t } = useConsole();
  const id = member.loginId || `user_number:${member.userNumber}`;
  return (
    <a href={href('profiles', id)}>{member.loginId || t('users.unknown', { number: member.userNumber })}</a>
  );
}
