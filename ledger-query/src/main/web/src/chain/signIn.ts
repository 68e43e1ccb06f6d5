import { answer, type LedgerClient } from 'neuron-ledger-client/browser';
import { getAddress, stringToHex } from 'viem';
import { createSiweMessage } from 'viem/siwe';
import { home } from '../app/config';
import { walletSentence, type AnnouncedWallet } from './wallets';

/** Signs a wallet in (EIP-4361): the token reads its own ledger. */
export async function walletToken(ledger: LedgerClient, { provider }: AnnouncedWallet):
Promise<{ token: string; owner: string }> {
  const asked = async <T>(method: string, params?: readonly unknown[]): Promise<T> => {
    try {
      return await provider.request({ method, ...(params ? { params } : {}) }) as T;
    } catch (e) {
      throw new Error(walletSentence(e));
    }
  };
  const [first] = await asked<string[]>('eth_requestAccounts');
  if (first === undefined) {
    throw new Error('The wallet shows no account.');
  }
  const address = getAddress(first);
  const offer = await answer(ledger.command.POST('/v1/sign-in/nonces'));
  // A wallet warns of a page that asks in another's name.
  const asker = offer.domain === window.location.host ? { domain: offer.domain, uri: offer.uri }
    : { domain: window.location.host, uri: `${home()}/` };
  const message = createSiweMessage({ ...asker, address, chainId: Number(offer.chain_id), nonce: offer.nonce,
    version: '1', issuedAt: new Date() });
  const signature = await asked<string>('personal_sign', [stringToHex(message), address]);
  const signedIn = await answer(ledger.command.POST('/v1/sign-in', { body: { message, signature } }));
  return { token: signedIn.access_token, owner: signedIn.owner };
}
