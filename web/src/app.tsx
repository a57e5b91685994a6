/** The pages and their addresses. All but the studio are loaded when they are gone to. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { SessionProvider } from './session/session.tsx'
import { ErrorBoundary } from './shell/error-boundary.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { Shell } from './shell/shell.tsx'
import { StudioPage } from './studio/studio-page.tsx'
import { useText } from './text/text.tsx'

const ItemPage = lazy(() => import('./item/item-page.tsx').then((m) => ({ default: m.ItemPage })))
const TimelinePage = lazy(() => import('./timeline/timeline-page.tsx').then((m) => ({ default: m.TimelinePage })))
const SignInPage = lazy(() => import('./account/sign-in-page.tsx').then((m) => ({ default: m.SignInPage })))
const MyPage = lazy(() => import('./account/my-page.tsx').then((m) => ({ default: m.MyPage })))
const SettingsPage = lazy(() => import('./account/settings-page.tsx').then((m) => ({ default: m.SettingsPage })))
const PrivacyPage = lazy(() => import('./privacy/privacy-page.tsx').then((m) => ({ default: m.PrivacyPage })))
const VersionsPage = lazy(() => import('./policy/versions-page.tsx').then((m) => ({ default: m.VersionsPage })))
const VersionPage = lazy(() => import('./policy/version-page.tsx').then((m) => ({ default: m.VersionPage })))
const TicketPage = lazy(() => import('./rights/ticket-page.tsx').then((m) => ({ default: m.TicketPage })))
const PurposesPage = lazy(() => import('./privacy/purposes-page.tsx').then((m) => ({ default: m.PurposesPage })))
const PermissionsPage = lazy(() =>
  import('./privacy/permissions-page.tsx').then((m) => ({ default: m.PermissionsPage })),
)
const CookiesPage = lazy(() => import('./privacy/cookies-page.tsx').then((m) => ({ default: m.CookiesPage })))
const SharedPage = lazy(() => import('./share/shared-page.tsx').then((m) => ({ default: m.SharedPage })))
const FacePage = lazy(() => import('./face/face-page.tsx').then((m) => ({ default: m.FacePage })))
const SpeakPage = lazy(() => import('./speak/speak-page.tsx').then((m) => ({ default: m.SpeakPage })))
const TextPage = lazy(() => import('./speak/text-page.tsx').then((m) => ({ default: m.TextPage })))
const VerifyPage = lazy(() => import('./face/verify-page.tsx').then((m) => ({ default: m.VerifyPage })))
const RegisterPage = lazy(() => import('./policy/register-page.tsx').then((m) => ({ default: m.RegisterPage })))
const NoticePage = lazy(() => import('./notice/notice-page.tsx').then((m) => ({ default: m.NoticePage })))

/** The whole page. `disableStyleElements`: our CSP allows no inline style element. */
export function App() {
  const t = useText()
  return (
    <CSPProvider disableStyleElements>
      <SessionProvider>
        <Shell>
          <ErrorBoundary t={t}>
            <Suspense fallback={<p className="page soft">{t.app.loading}</p>}>
              <Switch>
                <Route path="/" component={StudioPage} />
                <Route path="/items/:id">{({ id }) => <ItemPage key={id} id={id} />}</Route>
                <Route path="/items/:id/timeline">{({ id }) => <TimelinePage key={id} id={id} />}</Route>
                <Route path="/face" component={FacePage} />
                <Route path="/speak" component={SpeakPage} />
                <Route path="/speak/:id">{({ id }) => <TextPage key={id} id={id} />}</Route>
                <Route path="/verify" component={VerifyPage} />
                <Route path="/sign-in" component={SignInPage} />
                <Route path="/my" component={MyPage} />
                <Route path="/my/settings" component={SettingsPage} />
                <Route path="/my/settings/privacy" component={PrivacyPage} />
                <Route path="/ended/:ticket">{({ ticket }) => <TicketPage key={ticket} ticket={ticket} />}</Route>
                <Route path="/my/settings/privacy/purposes" component={PurposesPage} />
                <Route path="/my/settings/privacy/permissions" component={PermissionsPage} />
                <Route path="/cookies" component={CookiesPage} />
                <Route path="/s/:token">{({ token }) => <SharedPage key={token} token={token} />}</Route>
                <Route path="/notice" component={NoticePage} />
                <Route path="/notice/register" component={RegisterPage} />
                <Route path="/notice/versions" component={VersionsPage} />
                <Route path="/notice/versions/:number">
                  {({ number }) => <VersionPage key={number} number={number} />}
                </Route>
                <Route component={NotFoundPage} />
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </Shell>
      </SessionProvider>
    </CSPProvider>
  )
}
