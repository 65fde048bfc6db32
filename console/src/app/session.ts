import type { Caller } from '../api/tenure';

/** Whether somebody is signed in: not known yet, nobody, or the caller with the project chosen. */
export type Session =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable'; readonly failure: unknown }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signedIn'; readonly caller: Caller; readonly project: string };

export type SessionAction =
  | { readonly kind: 'asked' }
  | { readonly kind: 'recognised'; readonly caller: Caller; readonly rememberedProject: string | null }
  | { readonly kind: 'unreachable'; readonly failure: unknown }
  | { readonly kind: 'left' }
  | { readonly kind: 'projectChosen'; readonly project: string };

export function sessionReducer(session: Session, action: SessionAction): Session {
  switch (action.kind) {
    case 'asked':
      return { kind: 'unknown' };
    case 'recognised':
      return {
        kind: 'signedIn',
        caller: action.caller,
        project: firstProject(action.caller, action.rememberedProject),
      };
    case 'unreachable':
      return { kind: 'unreachable', failure: action.failure };
    case 'left':
      return { kind: 'signedOut' };
    case 'projectChosen':
      return session.kind === 'signedIn' ? { ...session, project: action.project } : session;
  }
}

/** The remembered project while the caller may still use it, else the gateway's choice. */
function firstProject(caller: Caller, rememberedProject: string | null): string {
  const allowed = caller.projects.some((project) => project.id === rememberedProject);
  return (allowed && rememberedProject) || caller.projectId || caller.projects[0]?.id || '';
}
