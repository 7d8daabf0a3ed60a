// Opens verify.html in a headless Firefox and answers as node_host.mjs does: JavaScript expressions from stdin, a zero byte behind each,
// their values as text: "=" and the value, or "!" and what was thrown. Firefox is driven by WebDriver BiDi (W3C) over its WebSocket.
// Arguments: the program, the page, a folder for its profile. node needs --experimental-websocket before version 22.
import {spawn} from 'node:child_process';

import {answerAll} from './expressions.mjs';

const [program, page, folder] = process.argv.slice(2);
const firefox = spawn(program, ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0', 'about:blank'], {stdio: ['ignore', 'ignore', 'pipe']});
firefox.on('exit', () => process.exit(1));
process.on('exit', () => firefox.kill('SIGKILL'));

const address = await new Promise(found => {
  let said = '';
  firefox.stderr.on('data', part => {
    said += part;
    const place = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said);
    if (place) found(place[1] + '/session');
  });
});
const socket = new WebSocket(address), waiting = new Map();
let last = 0;
socket.onmessage = ({data}) => {
  const message = JSON.parse(data);
  if (waiting.has(message.id)) waiting.get(message.id)(message);
  waiting.delete(message.id);
};
await new Promise(open => { socket.onopen = open; });

function command(method, params) {
  socket.send(JSON.stringify({id: ++last, method, params}));
  return new Promise((done, failed) => waiting.set(last, message => message.type === 'success' ? done(message.result) : failed(new Error(JSON.stringify(message)))));
}

await command('session.new', {capabilities: {}});
const [{context}] = (await command('browsingContext.getTree', {})).contexts;
await command('browsingContext.navigate', {context, url: 'file://' + page, wait: 'complete'});

// Nothing asked: that was all.
async function answer(expression) {
  if (expression === '') return end();
  try {
    const said = await command('script.evaluate', {expression: '(async () => String(await (' + expression + '\n)))()', target: {context}, awaitPromise: true});
    return said.type === 'success' ? '=' + said.result.value : '!' + said.exceptionDetails.text;
  } catch (problem) {
    return '!' + problem;
  }
}

async function end() {
  firefox.removeAllListeners('exit');
  const gone = new Promise(done => firefox.on('exit', done));
  await Promise.race([command('browser.close', {}), gone]).catch(() => {});
  await gone;
  process.exit(0);
}

await answerAll(answer);
await end();
