// Runs the script of verify.html without a page: reads JavaScript expressions from stdin, a zero byte behind each, and
// answers with their values as text: "=" and the value, or "!" and what was thrown.
import {readFileSync} from 'node:fs';
import {createContext, runInContext} from 'node:vm';

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

let held = '';
process.stdin.setEncoding('utf8');
for await (const part of process.stdin) {
  held += part;
  for (let end = held.indexOf('\0'); end >= 0; end = held.indexOf('\0')) {
    const expression = held.slice(0, end);
    held = held.slice(end + 1);
    process.stdout.write(await answer(expression) + '\0');
  }
}
