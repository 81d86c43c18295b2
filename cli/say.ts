/** A line on stdout, which is what a command says. @module */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
