// What the tests ask of the page's script, many at a time. Uses only functions of the page; hostile signatures are made
// here, with its own arithmetic, because no honest signer makes them.
globalThis.probe = (() => {
  const number32 = value => fromHex(value.toString(16).padStart(64, '0')).reverse();
  const times = (factor, point) => combination(0n, factor, point);
  const scalarOf = (...parts) => mod(littleEndian(sha512(joined(...parts))), ORDER);
  const bits = list => list.map(good => good ? '1' : '0').join('');
  const accepts = action => {
    try {
      action();
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      return false;
    }
  };
  const outcome = action => {
    try {
      return toHex(action());
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      return 'refused';
    }
  };

  const code = action => {
    try {
      action();
      return 'accepted';
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      return refusal.code;
    }
  };

  function torsionPoint() {  // of order 8
    for (let y = 2n; ; ++y) {
      const point = decodePoint(number32(y)), candidate = point && times(ORDER, point);
      if (candidate && !same(encodePoint(times(4n, candidate)), encodePoint(NEUTRAL))) return candidate;
    }
  }
  // Every spelling of the eight points of small order: canonical, with y + p where that fits, with the sign of x = 0 set.
  function smallOrderSpellings() {
    const spellings = new Set(), torsion = torsionPoint();
    for (let i = 0n; i < 8n; ++i) {
      const bytes = encodePoint(times(i, torsion)), y = BigInt.asUintN(255, littleEndian(bytes)), sign = littleEndian(bytes) >> 255n;
      for (const value of [y, y + FIELD]) {
        if (value >= 1n << 255n) continue;
        spellings.add(toHex(number32(value | sign << 255n)));
        if (y === 1n || y === FIELD - 1n) spellings.add(toHex(number32(value | 1n << 255n)));
      }
    }
    return [...spellings].map(fromHex);
  }
  // An honest signature by the secret scalar `a` under the public key `key`, with `shift` added to R before it is hashed.
  function signed(a, key, message, shift = NEUTRAL) {
    const r = scalarOf(bytesOf('r'), message, key), pointR = encodePoint(added(combination(r, 0n, NEUTRAL), shift));
    return [pointR, mod(r + scalarOf(pointR, key, message) * a, ORDER)];
  }

  return {
    outcome, accepts, code,
    hashes: sizes => sizes.map(size => toHex(sha256(new Uint8Array(size).fill(size & 255)))).join('\n'),
    signatures: list => bits(list.map(([key, message, signature]) => verifySignature(fromHex(key), fromHex(message), fromHex(signature)))),
    decoded: (decoder, texts) => texts.map(text => outcome(() => decoder(text))).join('\n'),
    readsJson: texts => bits(texts.map(text => accepts(() => readJson(fromHex(text))))),
    readsJws: texts => bits(texts.map(text => accepts(() => parseJws(text)))),

    // [what, key, message, signature] in hex.
    hostileSignatures() {
      const list = [], torsion = torsionPoint(), add = (what, ...parts) => list.push([what, ...parts.map(toHex)]);
      const message = bytesOf('message'), zero = new Uint8Array(32), small = smallOrderSpellings();
      for (const key of small) {
        for (const r of small) add('small key, small R', key, message, joined(r, zero));
        const [r, s] = signed(7n, key, message);
        add('small key', key, message, joined(r, number32(s)));
      }
      const a = scalarOf(bytesOf('a')), key = encodePoint(combination(a, 0n, NEUTRAL)), [r, s] = signed(a, key, message);
      for (let n = 0n; n < 15n; ++n) add(n === 0n ? 'honest' : 'S not reduced', key, message, joined(r, number32(s + n * ORDER)));
      for (const smallR of small) add('small R', key, message, joined(smallR, number32(mod(scalarOf(smallR, key, message) * a, ORDER))));
      for (let i = 1n; i < 8n; ++i) {
        const part = times(i, torsion), mixedKey = encodePoint(added(combination(a, 0n, NEUTRAL), part));
        const [shiftedR, shiftedS] = signed(a, key, message, part);
        add('mixed R', key, message, joined(shiftedR, number32(shiftedS)));
        for (let n = 0; n < 24; ++n) {
          const text = bytesOf('message ' + n), [mixedR, mixedS] = signed(a, mixedKey, text);
          add('mixed key', mixedKey, text, joined(mixedR, number32(mixedS)));
        }
      }
      for (let y = 0n; y < 19n; ++y) add('key not canonical', number32(y + FIELD), message, joined(r, number32(s)));
      return JSON.stringify(list);
    },

    // One vector of ../shared/vectors/merkle, as its file's text: JSON.parse would round its 64-bit numbers.
    merkle(text) {
      const vector = JSON.parse(text), size = name => BigInt(new RegExp('"' + name + '": *([0-9]+)').exec(text)[1]);
      const proof = (vector.proof || []).map(fromBase64);
      return 'leafIdx' in vector
        ? provesInclusion(fromBase64(vector.leafHash), size('leafIdx'), size('treeSize'), proof, fromBase64(vector.root))
        : provesConsistency(size('size1'), fromBase64(vector.root1), size('size2'), fromBase64(vector.root2), proof);
    },

    // Reports on receipts, given as hex of their bytes, one a line.
    reports(receipts, root, keys) {
      const trust = makeTrust(root, keys);
      return receipts.map(bytes => reportOf(check(fromHex(bytes), trust))).join('\n');
    },
    // The same for one file, changed each time by [place, bytes removed, bytes put in (hex)].
    reportsOfEdits(file, edits, root, keys) {
      const trust = makeTrust(root, keys), whole = fromHex(file);
      const edited = ([at, removed, bytes]) => joined(whole.subarray(0, at), fromHex(bytes), whole.subarray(at + removed));
      return edits.map(edit => reportOf(check(edited(edit), trust))).join('\n');
    },
  };
})()
