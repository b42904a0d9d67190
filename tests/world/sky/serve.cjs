'use strict'
// Start the AT Protocol's development network, fill it with invented people, and say "ready" when the AppView has read
// everything. APPVIEW_PORT, PDS_PORT, DB_POSTGRES_URL and REDIS_HOST come from sky.sh, and the folder of the packages.
const { createRequire } = require('node:module')
const { writeFileSync } = require('node:fs')
const { TestNetwork } = createRequire(`${process.env.PACKAGES}/`)('@atproto/dev-env')

const PEOPLE = {
  alma: 'Alma Ferrow',
  corvin: 'Corvin Ashby',
  silent: 'Sil Ent',
  hidden: 'Hid Den', // asks to be shown to signed-in people only
  gone: 'Gone Away', // is deactivated at the end
}
const SIGNED_IN_ONLY = {
  $type: 'com.atproto.label.defs#selfLabels',
  values: [{ val: '!no-unauthenticated' }],
}

async function addPeople(network) {
  const agents = {}
  for (const [user, name] of Object.entries(PEOPLE)) {
    const agent = network.pds.getClient()
    await agent.createAccount({ handle: `${user}.test`, email: `${user}@mail.test`, password: `${user}-of-the-world` })
    const labels = user === 'hidden' ? SIGNED_IN_ONLY : undefined
    await agent.upsertProfile(() => ({ displayName: name, description: `${name} rides the ferry.`, labels }))
    agents[user] = agent
  }
  return agents
}

// Every date is the author's claim: a program may send what it likes, and the service keeps it.
async function addPosts({ alma, corvin, hidden, gone }) {
  const keeper = await corvin.post({
    text: 'The lock keeper ought to be thrown into his own lock.',
    createdAt: '2021-06-10T20:00:00.000Z',
  })
  await alma.post({ text: 'First post here. Ferries, tides and bad puns.', langs: ['en'], createdAt: '2019-04-02T09:15:00.000Z' })
  await alma.post({ text: 'Posted from tomorrow, by a clock that is wrong.', createdAt: '2035-01-01T00:00:00.000Z' })
  await alma.post({ text: 'Leave him alone, please.', createdAt: '2021-06-11T07:00:00.000Z', reply: { root: keeper, parent: keeper } })
  await alma.post({
    text: 'What a way to speak.',
    createdAt: '2021-06-12T07:00:00.000Z',
    embed: { $type: 'app.bsky.embed.record', record: { uri: keeper.uri, cid: keeper.cid } },
  })
  await alma.repost(keeper.uri, keeper.cid)
  await alma.like(keeper.uri, keeper.cid)
  await hidden.post({ text: 'For those who are signed in.', createdAt: '2022-01-01T00:00:00.000Z' })
  await gone.post({ text: 'Soon away.', createdAt: '2022-01-01T00:00:00.000Z' })
}

async function main() {
  const network = await TestNetwork.create({
    dbPostgresSchema: 'world',
    bsky: { port: Number(process.env.APPVIEW_PORT), dbPostgresSchema: 'bsky' },
    pds: { port: Number(process.env.PDS_PORT) },
  })
  const agents = await addPeople(network)
  await addPosts(agents)
  await network.processAll()
  await agents.gone.com.atproto.server.deactivateAccount({})
  await network.processAll()
  writeFileSync(process.env.READY, 'ready\n')
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
