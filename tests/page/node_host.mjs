// Runs the script of verify.html without a page: reads JavaScript expressions from stdin, a zero byte behind each, and
// answers with their values as text: "=" and the value, or "!" and what was thrown.
import {readFileSync} from 'node:fs';
import {createContext, runInContext} from 'node:vm';

import {answerAll} from './expressions.mjs';

const html = readFileSync(process.argv[2], 'utf8');
const context = createContext({TextEncoder, TextDecoder});
runInContext(/<script>([^]*)<\/script>/.exec(html)[1], context);

async function answer(expression) {
  try {
    return '=' + String(await runInContext(expression, context));
  } catch (problem) {
    return '!' + (problem && problem.stack || problem);
  }
}

await answerAll(answer);
