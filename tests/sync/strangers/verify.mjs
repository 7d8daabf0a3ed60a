// Each case of the JSON file named on the command line gets one line: {"ok":true,"payload":...} or {"ok":false}.
// {"form":"jws","text":compact JWS,"key":hex}   {"form":"qr","text":"QBL1:..."}, whose key is item 9 of its own payload.
import { readFileSync } from 'node:fs';
import { Ed25519Key } from '@ldclabs/cose-ts/ed25519';
import { Sign1Message } from '@ldclabs/cose-ts/sign1';
import base45 from 'base45';
import { decode } from 'cborg';
import { compactVerify, importJWK } from 'jose';

const jwk = (hex) => ({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') });

async function jws({ text, key }) {
  const { payload, protectedHeader } = await compactVerify(text, await importJWK(jwk(key), 'EdDSA'), { algorithms: ['EdDSA'] });
  return { header: protectedHeader, payload: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) };
}

// The code names its key itself: what it says is read, then verified by that key.
function qr({ text }) {
  if (!text.startsWith('QBL1:')) throw new Error('not ours');
  const cose = Uint8Array.from(base45.decode(text.slice(5)));
  const tagged = decode(cose, { tags: Object.assign([], { 18: (value) => value }) });
  const items = decode(tagged[2]);
  Sign1Message.fromBytes(Ed25519Key.fromPublic(items[9]), cose);
  const plain = (item) => (item instanceof Uint8Array ? Buffer.from(item).toString('hex') : Number.isInteger(item) || typeof item === 'string' ? item : Number(item));
  return { payload: items.map(plain) };
}

for (const one of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  let said = { ok: false };
  try {
    said = { ok: true, ...(await (one.form === 'jws' ? jws(one) : qr(one))) };
  } catch (error) {
    said.why = `${error.name}: ${error.message}`.slice(0, 200);
  }
  console.log(JSON.stringify(said));
}
