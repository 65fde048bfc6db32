import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { Caller } from '../api/tenure';
import { type Key, knownKey, type Language, languages } from '../i18n/translate';
import { Alerts } from '../pages/Alerts';
import { Analyses } from '../pages/analyses/Analyses';
import { Dashboards } from '../pages/dashboards/Dashboards';
import { Funnel } from '../pages/funnel/Funnel';
import { Overview } from '../pages/Overview';
import { Profiles } from '../pages/Profiles';
import { Retention } from '../pages/Retention';
import { Segments } from '../pages/Segments';
import { Icon } from '../ui/icons';
import { Empty, IconButton, Loading } from '../ui/parts';
import { useConsole } from './context';
import { chooseTheme, themes, useTheme } from './preferences';
import { href, type PageName, type Route, useRoute } from './router';

// Whoever never opens them need not load them.
const Flags = lazy(() => import('../pages/flags/Flags').then(({ Flags }) => ({ default: Flags })));
const Experiments = lazy(() =>
  import('../pages/experiments/Experiments').then(({ Experiments }) => ({ default: Experiments })),
);

const groups: readonly { title: Key; pages: readonly PageName[] }[] = [
  { title: 'nav.group.data', pages: ['overview'] },
  { title: 'nav.group.analysis', pages: ['analyses', 'funnel', 'retention', 'dashboards'] },
  { title: 'nav.group.users', pages: ['segments', 'alerts', 'profiles'] },
  { title: 'nav.group.experiments', pages: ['flags', 'experiments'] },
];

/** Navigation, top bar and the page between them. */
export function Shell(props: {
  caller: Caller;
  project: string;
  onProject: (project: string) => void;
  onLanguage: (language: Language) => void;
  onSignOut: () => void;
}): ReactNode {
  const { t } = useConsole();
  const { caller, project } = props;
  const route = useRoute();
  const [menuOpen, setMenuOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const visited = useRef(route.page);
  const title = route.page ? t(`nav.${route.page}`) : t('app.notFound');

  useEffect(() => {
    document.title = `${title} · Tenure`;
  }, [title]);

  // After a change of page the heading has the focus: screen readers say it, Tab goes on inside the page.
  useEffect(() => {
    setMenuOpen(false);
    if (visited.current !== route.page) {
      visited.current = route.page;
      heading.current?.focus();
      window.scrollTo(0, 0);
    }
  }, [route.page]);

  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
        {t('app.skip')}
      </button>
      <nav className={menuOpen ? 'side open' : 'side'} aria-label={t('app.navigation')} id="navigation">
        <a className="brand" href={href('overview')}>
          <img src="./icon.svg" alt="" width="26" height="26" />
          <span>Tenure</span>
        </a>
        {groups.map((group) => (
          <div key={group.title} className="side-group">
            <p className="side-title">{t(group.title)}</p>
            <ul>
              {group.pages.map((page) => (
                <li key={page}>
                  <a href={href(page)} aria-current={route.page === page ? 'page' : undefined}>
                    <Icon name={page} />
                    {t(`nav.${page}`)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <div className="side-tools">
          <ThemeSwitch />
        </div>
      </nav>
      <header className="top">
        <button
          type="button"
          className="quiet menu"
          aria-label={t('app.menu')}
          aria-expanded={menuOpen}
          aria-controls="navigation"
          onClick={() => setMenuOpen(!menuOpen)}
        >
          <Icon name={menuOpen ? 'close' : 'menu'} />
        </button>
        <label className="top-project">
          <span>{t('app.project')}</span>
          <select value={project} onChange={(event) => props.onProject(event.target.value)}>
            {projectChoices(caller, project).map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.name}
              </option>
            ))}
          </select>
        </label>
        <span className="top-space" />
        <LanguageSwitch onLanguage={props.onLanguage} />
        <ThemeSwitch />
        <span className="person">
          <b>{caller.person.username}</b>
          <small>{roleName(caller.person.role, t)}</small>
        </span>
        <IconButton icon="signOut" label={t('app.signOut')} onClick={props.onSignOut} />
      </header>
      <main id="main" tabIndex={-1}>
        <div className="page-head">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {route.page && <p>{t(`${route.page}.lead`)}</p>}
        </div>
        {/* Another project is another world: every page starts anew. */}
        <Suspense fallback={<Loading />}>
          <Page key={project} route={route} />
        </Suspense>
      </main>
    </div>
  );
}

function Page({ route }: { route: Route }): ReactNode {
  const { t } = useConsole();
  switch (route.page) {
    case 'overview':
      return <Overview />;
    case 'analyses':
      return <Analyses key={route.argument} saved={route.argument} />;
    case 'dashboards':
      return <Dashboards key={route.argument} opened={route.argument} />;
    case 'funnel':
      return <Funnel />;
    case 'retention':
      return <Retention />;
    case 'segments':
      return <Segments selected={route.argument} />;
    case 'alerts':
      return <Alerts />;
    case 'profiles':
      return <Profiles id={route.argument} />;
    case 'flags':
      return <Flags opened={route.argument} />;
    case 'experiments':
      return <Experiments opened={route.argument} part={route.part} />;
    case undefined:
      return <Empty>{t('app.notFound')}</Empty>;
  }
}

export function LanguageSwitch({ onLanguage }: { onLanguage: (language: Language) => void }): ReactNode {
  const { t, language } = useConsole();
  return (
    <fieldset className="switch" aria-label={t('app.language')}>
      {languages.map(({ id, name, locale }) => (
        <button
          key={id}
          type="button"
          lang={locale}
          aria-pressed={id === language}
          onClick={() => onLanguage(id)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

export function ThemeSwitch(): ReactNode {
  const { t } = useConsole();
  const theme = useTheme();
  return (
    <fieldset className="switch theme-switch" aria-label={t('app.theme')}>
      {themes.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === theme}
          title={t(`app.theme.${choice}`)}
          aria-label={t(`app.theme.${choice}`)}
          onClick={() => chooseTheme(choice)}
        >
          <Icon name={choice} />
        </button>
      ))}
    </fieldset>
  );
}

function projectChoices(caller: Caller, project: string): readonly { id: string; name: string }[] {
  return caller.projects.length > 0 ? caller.projects : [{ id: project, name: project }];
}

function roleName(role: string, t: (key: Key) => string): string {
  const key = knownKey(`role.${role}`);
  return key ? t(key) : role;
}
