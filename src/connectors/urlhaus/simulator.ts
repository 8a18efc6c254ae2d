import { ABUSE_CH, abuseChTimeOf, formOf, sayStatus } from '#connectors/abuse-ch-simulator.ts';
import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import type { MalwareDownloads } from '#connectors/world-story.ts';
import type { Found, World } from '#connectors/world.ts';

/** URLhaus on loopback: URLs, hosts and files of the world that have malware downloads. */
export const urlhausSimulator: SimulatorDefinition = {
  name: 'urlhaus',
  ...ABUSE_CH,
  settings: (url) => ({ URLHAUS_URL: url, URLHAUS_AUTH_KEY: ABUSE_CH.key.value }),
  respond: (request, world) => {
    if (request.method !== 'POST') return sayStatus('http_post_expected');
    switch (request.path) {
      case '/v1/url/':
        return answerUrl(formOf(request).get('url') ?? '', world);
      case '/v1/host/':
        return answerHost(formOf(request).get('host') ?? '', world);
      case '/v1/payload/':
        return answerPayload(request, world);
      default:
        return { status: 404, text: 'Not Found' };
    }
  },
};

function answerUrl(value: string, world: World): SimulatedAnswer {
  if (!/^https?:\/\/./.test(value) || !URL.canParse(value)) return sayStatus('invalid_url');
  const { observable, story } = world.find({ kind: 'url', value });
  const downloads = story?.downloads;
  if (!downloads) return sayStatus('no_results');
  return sayStatus('ok', {
    id: '105821',
    urlhaus_reference: 'https://urlhaus.example/url/105821/',
    ...urlOf(observable.value, downloads),
    host: new URL(observable.value).hostname,
    blacklists: { spamhaus_dbl: 'not listed', surbl: 'not listed' },
    payloads: [],
  });
}

function answerHost(value: string, world: World): SimulatedAnswer {
  const isAddress = /^\d{1,3}(\.\d{1,3}){3}$/.test(value);
  if (!isAddress && !/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(value)) return sayStatus('invalid_host');
  const { observable, story } = world.find({ kind: isAddress ? 'ipv4' : 'domain', value });
  const downloads = story?.downloads;
  if (!downloads) return sayStatus('no_results');
  const older = Array.from({ length: downloads.urlCount - 1 }, (_, index) => `${downloads.url}?old=${index + 1}`);
  return sayStatus('ok', {
    urlhaus_reference: `https://urlhaus.example/host/${observable.value}/`,
    host: observable.value,
    firstseen: abuseChTimeOf(downloads.addedDaysAgo + older.length),
    url_count: String(downloads.urlCount),
    blacklists: isAddress ? {} : { spamhaus_dbl: 'not listed', surbl: 'not listed' },
    urls: [
      urlOf(downloads.url, downloads),
      ...older.map((url, index) =>
        urlOf(url, { ...downloads, status: 'offline', addedDaysAgo: downloads.addedDaysAgo + index + 1 }),
      ),
    ],
  });
}

/** URLhaus says `ok` with empty hashes for a file that it has never seen. */
function answerPayload(request: SimulatedRequest, world: World): SimulatedAnswer {
  const form = formOf(request);
  const kind = form.has('md5_hash') ? 'md5' : 'sha256';
  const value = form.get(`${kind}_hash`)?.toLowerCase() ?? '';
  if (!(kind === 'md5' ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/).test(value)) return sayStatus(`invalid_${kind}_hash`);
  return sayStatus('ok', payloadOf(world.find({ kind, value })));
}

function payloadOf({ story }: Found): Readonly<Record<string, unknown>> {
  const { file, downloads, sample } = story ?? {};
  if (!file || !downloads) return { md5_hash: null, sha256_hash: null, file_type: null, file_size: null, urls: null };
  return {
    md5_hash: file.md5,
    sha256_hash: file.sha256,
    file_type: file.extension,
    file_size: String(file.sizeBytes),
    signature: sample?.signature ?? null,
    firstseen: abuseChTimeOf(downloads.addedDaysAgo).replace(' UTC', ''),
    lastseen: abuseChTimeOf(downloads.addedDaysAgo / 2).replace(' UTC', ''),
    url_count: String(downloads.urlCount),
    virustotal: null,
    urls: [{ url: downloads.url, url_status: downloads.status, filename: file.name }],
  };
}

function urlOf(url: string, { status, tags, addedDaysAgo }: MalwareDownloads): Readonly<Record<string, unknown>> {
  return {
    url,
    url_status: status,
    date_added: abuseChTimeOf(addedDaysAgo),
    last_online: null,
    threat: 'malware_download',
    reporter: 'range',
    larted: 'true',
    takedown_time_seconds: null,
    tags,
  };
}
