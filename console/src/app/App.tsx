import { type ReactNode, useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { Client, Problem } from '../api/client';
import { Tenure } from '../api/tenure';
import { format } from '../format/format';
import { initialLanguage, type Language, locale, translator } from '../i18n/translate';
import { SignIn } from '../pages/SignIn';
import { Failure, Loading } from '../ui/parts';
import { type Console, ConsoleContext } from './context';
import { remember, remembered } from './preferences';
import { forgetRuns } from './runs';
import { Shell } from './Shell';
import { sessionReducer } from './session';

/** The whole console: who is signed in, in which language, at which project. */
export function App(): ReactNode {
  const [language, setLanguage] = useState<Language>(() =>
    initialLanguage(remembered('language'), navigator.languages),
  );
  const [session, dispatch] = useReducer(sessionReducer, { kind: 'unknown' });
  const client = useMemo(() => new Client(undefined, () => dispatch({ kind: 'left' })), []);
  const project = session.kind === 'signedIn' ? session.project : '';
  const role = session.kind === 'signedIn' ? session.caller.person.role : '';
  // Set before any page renders, because pages load as soon as they are mounted.
  client.project = project;

  const value = useMemo<Console>(
    () => ({
      tenure: new Tenure(client),
      t: translator(language),
      format: format(language),
      language,
      role,
      project,
    }),
    [client, language, role, project],
  );

  const { tenure } = value;
  const ask = useCallback(() => {
    dispatch({ kind: 'asked' });
    tenure.caller().then(
      (caller) => dispatch({ kind: 'recognised', caller, rememberedProject: remembered('project') }),
      (failure: unknown) =>
        dispatch(
          failure instanceof Problem && failure.status === 401
            ? { kind: 'left' }
            : { kind: 'unreachable', failure },
        ),
    );
  }, [tenure]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once; another language asks nothing anew.
  useEffect(ask, []);

  useEffect(() => {
    document.documentElement.lang = locale(language);
  }, [language]);

  const chooseLanguage = (chosen: Language) => {
    remember('language', chosen);
    setLanguage(chosen);
  };
  const chooseProject = (chosen: string) => {
    remember('project', chosen);
    dispatch({ kind: 'projectChosen', project: chosen });
  };
  const signOut = () => {
    forgetRuns();
    tenure.signOut().then(
      () => dispatch({ kind: 'left' }),
      () => ask(),
    );
  };

  return (
    <ConsoleContext value={value}>
      {session.kind === 'unknown' && <Loading />}
      {session.kind === 'unreachable' && (
        <main className="alone">
          <Failure failure={session.failure} onRetry={ask} />
        </main>
      )}
      {session.kind === 'signedOut' && <SignIn onLanguage={chooseLanguage} onSignedIn={ask} />}
      {session.kind === 'signedIn' && (
        <Shell
          caller={session.caller}
          project={session.project}
          onProject={chooseProject}
          onLanguage={chooseLanguage}
          onSignOut={signOut}
        />
      )}
    </ConsoleContext>
  );
}
