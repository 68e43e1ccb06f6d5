// Compiles contracts/*.sol and writes one artifact per contract that is deployed, byte for byte the same on every machine.
//   node compile.mjs [--out DIRECTORY]
// Without --out it writes the committed places: src/main/resources/devchain, and the ABI in api-contracts too.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import solc from 'solc'

const HERE = dirname(fileURLToPath(import.meta.url))
const CONTRACTS = join(HERE, 'contracts')
const DEPLOYED = ['AccountLedger', 'Batcher']
const PUBLISHED_ABI = 'AccountLedger'

// No metadata in the byte code: it would change with every comment.
const SETTINGS = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  viaIR: true,
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
}

function compile() {
  const files = readdirSync(CONTRACTS).filter(name => name.endsWith('.sol')).sort()
  const sources = Object.fromEntries(files.map(name => [name, { content: readFileSync(join(CONTRACTS, name), 'utf8') }]))
  const outputSelection = { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } }
  const output = JSON.parse(solc.compile(JSON.stringify({
    language: 'Solidity', sources, settings: { ...SETTINGS, outputSelection },
  })))
  const complaints = (output.errors ?? []).map(each => each.formattedMessage)
  if (complaints.length > 0) {
    throw new Error('the compiler complains; warnings are errors here\n' + complaints.join('\n'))
  }
  return output.contracts
}

function artifactOf(name, contracts) {
  const { abi, evm } = contracts[`${name}.sol`][name]
  return {
    contract: name,
    compiler: { version: solc.version(), ...SETTINGS },
    abi,
    bytecode: '0x' + evm.bytecode.object,
    deployedBytecode: '0x' + evm.deployedBytecode.object,
  }
}

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(content, null, 2) + '\n')
}

const out = process.argv.indexOf('--out')
const artifacts = out > 0 ? resolve(process.argv[out + 1]) : join(HERE, 'src/main/resources/devchain')
const abis = out > 0 ? join(artifacts, 'abi') : join(HERE, '../../api-contracts/src/main/resources/abi')
const contracts = compile()
for (const name of DEPLOYED) {
  const artifact = artifactOf(name, contracts)
  write(join(artifacts, `${name}.json`), artifact)
  if (name === PUBLISHED_ABI) {
    write(join(abis, `${name}.json`), artifact.abi)
  }
}
