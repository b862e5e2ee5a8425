import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Remote } from './remote'

const flags = ['--headless', '--no-remote', '--remote-debugging-port', '0']
const binary = process.env.FIREFOX || '/usr/bin/firefox-esr'

/** Everything a fresh Firefox would otherwise ask, fetch or say on the network stays off. */
function preferences(pushPort: number): Record<string, string | number | boolean> {
  return {
    'dom.push.serverURL': `ws://127.0.0.1:${String(pushPort)}/`,
    'dom.push.testing.allowInsecureServerURL': true,
    'dom.push.connection.enabled': true,
    'dom.push.userAgentID': '',
    'intl.accept_languages': 'zh-CN',
    // 1 allows.
    'permissions.default.desktop-notification': 1,
    'alerts.useSystemBackend': false,
    'browser.region.network.url': '',
    'app.normandy.api_url': '',
    'network.proxy.type': 0,
    'browser.shell.checkDefaultBrowser': false,
    'browser.aboutwelcome.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'extensions.update.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'data:,',
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.sessionstore.resume_from_crash': false,
    // Whoever is controlled from outside has push switched off else.
    'remote.prefs.recommended': false,
  }
}

export class Firefox {
  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
  ) {}

  static start(address: string, pushPort: number): Firefox {
    const profile = mkdtempSync(join(tmpdir(), 'push-firefox-'))
    const lines = Object.entries(preferences(pushPort)).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    )
    writeFileSync(join(profile, 'user.js'), lines.join('\n'))
    const child = spawn(binary, [...flags, '--profile', profile, address], {
      env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
      stdio: 'ignore',
      detached: true,
    })
    return new Firefox(child, profile)
  }

  remote(): Promise<Remote> {
    return Remote.connect(join(this.profile, 'WebDriverBiDiServer.json'))
  }

  /** Its content processes with it: they are a group. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve))
    if (this.process.pid && this.process.exitCode === null) {
      process.kill(-this.process.pid, 'SIGKILL')
      await ended
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
