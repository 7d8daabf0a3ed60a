// JavaScript expressions from stdin, a zero byte behind each, answered one after the other: what both hosts of node share.

// `answer`: the text to write for an expression, by promise.
export async function answerAll(answer) {
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
}
