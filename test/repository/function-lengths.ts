/**
 * Lines of each function of a TypeScript text, by indentation: the formatter puts the closing brace of a function under
 * its first letter. Tests and describe blocks are lists, not functions, and are left to the file limit.
 * @module
 */
const FUNCTION_START =
  /^(\s*)(export )?(default )?(async )?(function\b|(private |public |protected |static |readonly )*(async )?[#\w$]+\([^;]*\)[^;=]*\{$|(const|let) \w+ = (async )?(\([^;]*\)|\w+)[^;=]*=>.*\{$)/;
const NOT_FUNCTIONS = /^\s*(if|for|while|switch|catch|return|else|do|try)\b/;

export function functionLengths(text: string): { readonly name: string; readonly lines: number }[] {
  const lines = text.split('\n');
  const found: { name: string; lines: number }[] = [];
  lines.forEach((line, start) => {
    if (!FUNCTION_START.test(line) || NOT_FUNCTIONS.test(line)) return;
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const end = lines.findIndex(
      (each, index) => index > start && each.startsWith(`${indent}}`) && !each.startsWith(`${indent}} `.concat('|')),
    );
    if (end > start) found.push({ name: line.trim().slice(0, 60), lines: end - start + 1 });
  });
  return found;
}
