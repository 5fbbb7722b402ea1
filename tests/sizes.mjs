// How long the functions of a script are, and what it keeps at module level: for tests/test_sizes.py. Reads paths from stdin (JSON), and
// writes {functions: {"path:name": lines}, kept: ["path:name"]}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const ts = createRequire(`${process.argv[2]}/`)("typescript");
const functions = {};
const kept = [];

for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const lineAt = (place) => source.getLineAndCharacterOfPosition(place).line;
  const nameOf = (node) => (node.name ?? node.parent.name)?.getText() ?? `line ${lineAt(node.getStart()) + 1}`;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const name = `${path}:${nameOf(node)}`;
      functions[name] = Math.max(functions[name] ?? 0, lineAt(node.end) - lineAt(node.getStart()) + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || statement.declarationList.flags & ts.NodeFlags.Const) continue;
    for (const one of statement.declarationList.declarations) kept.push(`${path}:${one.name.getText()}`);
  }
}
console.log(JSON.stringify({ functions, kept }));
