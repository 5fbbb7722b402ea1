// socket.io: emit to all.   node socketio.js PORT HOST
const http = require("http");
const { Server } = require("socket.io");

const server = http.createServer((request, response) => {
  if (request.url !== "/publish") return;
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    io.emit("m", Buffer.concat(parts).toString());
    response.end("ok");
  });
});
const io = new Server(server, { transports: ["websocket"] });
server.listen(Number(process.argv[2]), process.argv[3]);
