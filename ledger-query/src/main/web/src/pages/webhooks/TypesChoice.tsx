import { useState } from 'react';
import { ALERT_TYPES, EVENT_TYPES, typeText } from './webhookWords';

/** Which types are sent: none chosen means all. */
export function TypesChoice({ feed, chosen, onChange }: {
  feed: 'events' | 'alerts';
  chosen: readonly string[];
  onChange: (types: readonly string[]) => void;
}) {
  const [open] = useState(chosen.length > 0);
  const always = feed === 'events' ? 'ledger-rewound.v1' : 'alert-withdrawn.v1';
  return (
    <details open={open}>
      <summary>Types: {chosen.length === 0 ? 'all' : chosen.map(typeText).join(', ')}</summary>
      <fieldset className="types">
        <legend className="hidden">Types</legend>
        {(feed === 'events' ? EVENT_TYPES : ALERT_TYPES).map(each => (
          <label key={each} className="check">
            <input type="checkbox" checked={chosen.includes(each)} onChange={event => onChange(event.target.checked
              ? [...chosen, each] : chosen.filter(other => other !== each))} /> {typeText(each)}
          </label>
        ))}
        <p className="hint">None: all. “{typeText(always)}”, which takes back what was sent, is sent in any case.</p>
      </fieldset>
    </details>
  );
}
