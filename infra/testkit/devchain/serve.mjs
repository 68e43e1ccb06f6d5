// The dev chain as a server of its own: starts anvil, and deploys AccountLedger with both services on an empty chain.
// The contract is the first thing that anvil's first wallet does, so its address is always the one printed here.
//   HOST=0.0.0.0 PORT=8545 STATE_FILE=/data/anvil.json node serve.mjs
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'

const host = process.env.HOST ?? '127.0.0.1'
const port = process.env.PORT ?? '8545'
const url = `http://127.0.0.1:${port}`
const CONTRACT = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const START_DEADLINE_MS = 30_000
const DAY_IN_SECONDS = 86_400
const REGISTER_SERVICE = '0xb1f37244' // registerService(string,uint256)

const args = ['--quiet', '--host', host, '--port', port, '--prune-history', '5000', '--hardfork', 'prague']
if (process.env.STATE_FILE) {
  args.push('--state', process.env.STATE_FILE, '--state-interval', '1')
}
const launcher = createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json').replace(/package\.json$/, '')
const { bin } = JSON.parse(readFileSync(launcher + 'package.json', 'utf8'))
const anvil = spawn(process.execPath, [launcher + (bin.anvil ?? bin), ...args], { stdio: 'inherit' })
anvil.on('exit', code => process.exit(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => anvil.kill(signal))

async function rpc(method, ...params) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = await response.json()
  if (error) throw new Error(`${method}: ${error.message}`)
  return result
}

async function untilItAnswers() {
  const deadline = Date.now() + START_DEADLINE_MS
  for (;;) {
    try {
      return await rpc('eth_chainId')
    } catch (failure) {
      if (Date.now() > deadline) throw failure
      await wait(50)
    }
  }
}

async function mined(transaction) {
  const receipt = await rpc('eth_getTransactionReceipt', await rpc('eth_sendTransaction', transaction))
  if (receipt?.status !== '0x1') throw new Error(`the transaction did not succeed: ${JSON.stringify(receipt)}`)
  return receipt
}

const word = number => number.toString(16).padStart(64, '0')

function registerService(name) {
  const text = Buffer.from(name, 'utf8')
  const padded = text.toString('hex').padEnd(Math.ceil(text.length / 32) * 64, '0')
  return REGISTER_SERVICE + word(64) + word(DAY_IN_SECONDS) + word(text.length) + padded
}

async function deploy() {
  const [owner] = await rpc('eth_accounts')
  const artifact = new URL('src/main/resources/devchain/AccountLedger.json', import.meta.url)
  const { bytecode } = JSON.parse(readFileSync(artifact, 'utf8'))
  const { contractAddress } = await mined({ from: owner, data: bytecode })
  if (contractAddress !== CONTRACT) throw new Error(`deployed at ${contractAddress}, not at ${CONTRACT}`)
  for (const service of ['inference-v1.0', 'fine-tuning-v1.0']) {
    await mined({ from: owner, to: CONTRACT, data: registerService(service) })
  }
}

await untilItAnswers()
if ((await rpc('eth_getCode', CONTRACT, 'latest')) === '0x') await deploy()
console.log(`dev chain at ${url}, AccountLedger at ${CONTRACT}`)
