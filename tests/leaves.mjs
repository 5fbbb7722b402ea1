// What a script does, without how it is written: for tests that compare a minified script with its source. Reads them from
// stdin (JSON: a list of {written, served}, for the compiler takes long to start) and writes a list: for each pair where it differs.
// Names of variables, brackets and the form of conditions may change. What may not: which members are read, which keys are given, what
// is called, awaited, assigned and matched, what the texts say; in which order things are declared; that no name is used too early.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const ts = createRequire(`${process.argv[2]}/`)("typescript");
const Kind = ts.SyntaxKind;

/** Of a variable alone: a minifier writes it as a condition. */
const isPlainAbs = (node) =>
  ts.isCallExpression(node) && node.expression.getText() === "Math.abs" && ts.isIdentifier(node.arguments[0]);

const isKey = (node) => ts.isStringLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node;

const parsed = (text) => ts.createSourceFile("script.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

/** @returns {{count: Map<string, number>, declared: string[]}} */
function leaves(text) {
  const count = new Map();
  const declared = [];
  const add = (leaf, times = 1) => count.set(leaf, (count.get(leaf) ?? 0) + times);
  const says = (words) => {
    for (const char of words.replace(/\r\n?/g, "\n")) add(`text ${JSON.stringify(char)}`);
  };
  const visit = (node) => {
    if (isPlainAbs(node)) return;
    if (ts.isPropertyAccessExpression(node)) add(`.${node.name.text}`);
    else if (ts.isCallExpression(node)) add("a call");
    else if (ts.isNewExpression(node)) add("new");
    else if (ts.isTaggedTemplateExpression(node)) add("a tag");
    else if (ts.isAwaitExpression(node)) add("await");
    else if (ts.isYieldExpression(node)) add("yield");
    else if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) add("spread");
    else if (node.kind === Kind.RegularExpressionLiteral) add(node.text);
    else if (isKey(node)) return; // counted with its value, quoted or not
    else if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) says(node.text);
    else if (ts.isBinaryExpression(node) && ts.isAssignmentOperator(node.operatorToken.kind)) add("an assignment");
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === Kind.PlusPlusToken || node.operator === Kind.MinusMinusToken) add("an assignment");
    } else if (ts.isFunctionLike(node)) add("a function");
    else if (ts.isShorthandPropertyAssignment(node)) add(`key ${node.name.text}`);
    else if (ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name)) add(`key ${node.name.text}`);
    else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && !node.dotDotDotToken)
      add(`taken ${(node.propertyName ?? node.name).getText()}`);
    else if (ts.isVariableDeclaration(node) && node.initializer) declared.push(signature(node.initializer));
    ts.forEachChild(node, visit);
  };
  visit(parsed(text));
  return { count, declared };
}

/** Members and calls in a value, in their order: enough to know it again. */
function signature(value) {
  const found = [];
  const visit = (node) => {
    if (isPlainAbs(node)) return;
    if (ts.isPropertyAccessExpression(node)) found.push(node.name.text);
    else if (ts.isCallExpression(node)) found.push("()");
    ts.forEachChild(node, visit);
  };
  visit(value);
  return found.sort().join(" ");
}

/** Names that are used before they are declared, as the compiler finds them. */
function tooEarly(text) {
  const file = parsed(text);
  const host = {
    getSourceFile: (name) => (name === "script.js" ? file : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile() {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === "script.js",
    readFile: () => "",
  };
  const options = { allowJs: true, checkJs: true, noLib: true, noResolve: true, target: ts.ScriptTarget.Latest, module: ts.ModuleKind.ESNext };
  const program = ts.createProgram(["script.js"], options, host);
  return program
    .getSemanticDiagnostics(file)
    .filter(({ code }) => code === 2448 || code === 2449)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

/** @param {{written: string, served: string}} pair @returns {string[]} */
function differences({ written, served }) {
  const found = [];
  const [before, after] = [leaves(written), leaves(served)];
  for (const leaf of new Set([...before.count.keys(), ...after.count.keys()])) {
    const [had, has] = [before.count.get(leaf) ?? 0, after.count.get(leaf) ?? 0];
    if (had !== has) found.push(`${leaf}: ${had} became ${has}`);
  }
  const at = before.declared.filter(Boolean);
  const now = after.declared.filter(Boolean);
  const wrong = at.findIndex((one, index) => one !== now[index]);
  if (wrong >= 0 || at.length !== now.length)
    found.push(`declared in another order: ${at[wrong]} / ${now[wrong]} (${at.length}, ${now.length})`);
  const early = new Set(tooEarly(served)); // the compiler takes long for each of the two
  if (early.size && !tooEarly(written).length) found.push(...early);
  return found;
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(differences)));
