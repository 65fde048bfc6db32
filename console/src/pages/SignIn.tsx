import { type FormEvent, type ReactNode, useState } from 'react';
import { Problem } from '../api/client';
import { useConsole } from '../app/context';
import { LanguageSwitch, ThemeSwitch } from '../app/Shell';
import type { Language } from '../i18n/translate';
import { InputField } from '../ui/InputField';
import { Failure } from '../ui/parts';

/** The door. */
export function SignIn(props: {
  onSignedIn: () => void;
  onLanguage: (language: Language) => void;
}): ReactNode {
  const { tenure, t } = useConsole();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await tenure.signIn(username, password);
      props.onSignedIn();
    } catch (cause) {
      setFailure(cause);
      setBusy(false);
    }
  };

  return (
    <main className="door">
      <div className="door-tools">
        <LanguageSwitch onLanguage={props.onLanguage} />
        <ThemeSwitch />
      </div>
      <form className="card door-card" onSubmit={submit} aria-labelledby="door-title">
        <div className="brand">
          <img src="./icon.svg" alt="" width="34" height="34" />
          <span>Tenure</span>
        </div>
        <p className="hint">{t('app.tagline')}</p>
        <h1 id="door-title">{t('signIn.title')}</h1>
        <InputField
          label={t('signIn.username')}
          name="username"
          autoComplete="username"
          required
          value={username}
          onChange={setUsername}
        />
        <InputField
          label={t('signIn.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
        {failure !== undefined &&
          (failure instanceof Problem && failure.status === 401 ? (
            <p className="wrong" role="alert">
              {t('signIn.wrong')}
            </p>
          ) : (
            <Failure failure={failure} />
          ))}
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('signIn.busy') : t('signIn.submit')}
        </button>
      </form>
    </main>
  );
}
