// Compiles the contracts and writes one artifact for each that is deployed, byte for byte the same on every machine.
//   node compile.mjs [--out DIRECTORY]
// Without --out it writes the committed places; with it, the same tree below DIRECTORY.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import solc from 'solc'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = resolve(HERE, '../../..')

/** Where the sources are, which contracts are deployed, where their artifacts go. */
const GROUPS = [
  { sources: 'contracts', deployed: ['AccountLedger', 'Batcher', 'PaymentVault', 'RouterPool'], artifacts: 'src/main/resources/devchain' },
  { sources: 'src/test/contracts', deployed: ['Reenterer'], artifacts: 'src/test/resources/devchain' },
]
/** Part of the published language too. */
const PUBLISHED_ABIS = { AccountLedger: 'api-contracts/src/main/resources/abi/AccountLedger.json' }

// No metadata in the byte code: it would change with every comment.
const SETTINGS = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  viaIR: true,
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
}

function compile(folder) {
  const files = readdirSync(folder).filter(name => name.endsWith('.sol')).sort()
  const sources = Object.fromEntries(files.map(name => [name, { content: readFileSync(join(folder, name), 'utf8') }]))
  const outputSelection = { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } }
  const output = JSON.parse(solc.compile(JSON.stringify({
    language: 'Solidity', sources, settings: { ...SETTINGS, outputSelection },
  })))
  const complaints = (output.errors ?? []).map(each => each.formattedMessage)
  if (complaints.length > 0) {
    throw new Error('the compiler complains, and warnings are errors here\n' + complaints.join('\n'))
  }
  return output.contracts
}

function artifactOf(name, { abi, evm }) {
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

const option = process.argv.indexOf('--out')
const root = option > 0 ? resolve(process.argv[option + 1]) : ROOT
for (const { sources, deployed, artifacts } of GROUPS) {
  const contracts = compile(join(HERE, sources))
  for (const name of deployed) {
    const artifact = artifactOf(name, contracts[`${name}.sol`][name])
    write(join(root, 'infra/testkit/devchain', artifacts, `${name}.json`), artifact)
    if (name in PUBLISHED_ABIS) {
      write(join(root, PUBLISHED_ABIS[name]), artifact.abi)
    }
  }
}
