// Node `ws`: the usual loop.   node node_ws.js PORT HOST
const http = require("http");
const { WebSocketServer } = require("ws");

const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts).toString();
    for (const client of sockets.clients) client.send(body);
    response.end("ok");
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
server.listen(Number(process.argv[2]), process.argv[3]);
