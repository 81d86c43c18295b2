/**
 * One field for a signature, a block or an address: their forms tell them apart.
 * @module
 */
import { useState } from 'preact/hooks';
import { go } from '../../frame/router.ts';

const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/;
const SIGNATURE_LENGTHS = { least: 64, most: 88 } as const;
const ADDRESS_LENGTHS = { least: 32, most: 44 } as const;

export function Search() {
  const [text, setText] = useState('');
  const [isUnknown, setIsUnknown] = useState(false);
  const look = () => {
    const place = placeOf(text.trim().replaceAll(',', ''));
    setIsUnknown(place === null);
    if (place !== null) go(place);
  };
  return (
    <form
      class="lookup"
      aria-label="Look up"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <label for="lookup">Look up</label>
      <input
        id="lookup"
        type="search"
        value={text}
        placeholder="Signature, block or address"
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="plain">
        Show
      </button>
      <span role="status">{isUnknown && 'This is no signature, block or address.'}</span>
    </form>
  );
}

function placeOf(text: string): string | null {
  if (/^\d{1,20}$/.test(text)) return `/explorer/block/${text}`;
  if (!BASE58.test(text)) return null;
  if (text.length >= SIGNATURE_LENGTHS.least && text.length <= SIGNATURE_LENGTHS.most) return `/explorer/${text}`;
  const isAddress = text.length >= ADDRESS_LENGTHS.least && text.length <= ADDRESS_LENGTHS.most;
  return isAddress ? `/explorer/account/${text}` : null;
}
