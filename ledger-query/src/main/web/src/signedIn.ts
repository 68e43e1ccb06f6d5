import './styles.css';
import { handBack } from './app/returned';

const message = document.getElementById('message');
if (message === null) {
  throw new Error('signed-in.html has no element #message');
}
const query = window.location.search;
window.history.replaceState(null, '', window.location.pathname); // The code is no part of what the browser remembers.
message.textContent = handBack(query, window.location.origin, window.opener as Pick<Window, 'postMessage'> | null);
if (window.opener !== null) {
  window.close();
}
