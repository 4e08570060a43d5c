// The real Bluesky network, on loopback, for the tests: accounts, records, sessions, firehose, and the AppView's
// notifications, threads and search. Prints one line of JSON when it is ready; ends when its standard input closes.
//
//   node server.mjs FOLDER whole    all of it; DB_POSTGRES_URL and REDIS_HOST name the databases
//   node server.mjs FOLDER limited  the directory and a server of accounts, with the real rate limits switched on
//
// FOLDER is where npm has put @atproto/dev-env.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, kind] = process.argv.slice(2)
const entry = join(folder, 'node_modules', '@atproto', 'dev-env', 'dist', 'index.js')
const { TestNetwork, TestNetworkNoAppView } = await import(pathToFileURL(entry).href)

const made = {
  whole: () =>
    TestNetwork.create({
      pds: { hostname: 'localhost', enableDidDocWithSession: true },
      bsky: { dbPostgresSchema: 'bsky' },
    }),
  limited: () =>
    TestNetworkNoAppView.create({ pds: { hostname: 'localhost', enableDidDocWithSession: true, rateLimitsEnabled: true } }),
}
const network = await made[kind]()
const firehose = network.pds.url.replace('http', 'ws') + '/xrpc/com.atproto.sync.subscribeRepos'
console.log(JSON.stringify({ service: network.pds.url, appview: network.bsky?.url ?? '', firehose }))

process.stdin.resume()
process.stdin.on('close', () => process.exit(0))
