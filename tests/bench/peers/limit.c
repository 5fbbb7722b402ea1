/* The limit: a loop of send() over all sockets, one frame and one system call each.
 *
 *   limit PORT HOST
 *
 * GET anything with an Upgrade header opens a WebSocket; POST /publish sends its body to all. One thread, epoll. The answer to
 * the handshake's key is fixed, as the client's key is. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 70000, ROOM = 8192 };
static struct { char *request; int size, socket; } peers[MOST];
static int viewers[MOST], count;

static void publish(const char *body, size_t size) {
  static unsigned char frame[ROOM + 4];
  size_t at = 0;
  frame[at++] = 0x81;
  if (size < 126) frame[at++] = (unsigned char)size;
  else { frame[at++] = 126; frame[at++] = (unsigned char)(size >> 8); frame[at++] = (unsigned char)size; }
  memcpy(frame + at, body, size);
  for (int i = 0; i < count; i++) send(viewers[i], frame, at + size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void answer(int fd, const char *text) {
  if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0) perror("send");
}

static void read_from(int fd) {
  if (peers[fd].socket) {
    char buffer[1024];
    ssize_t size = recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (size > 0 || (size < 0 && errno == EAGAIN)) return;
    for (int i = 0; i < count; i++) if (viewers[i] == fd) viewers[i] = viewers[--count];
    close(fd);
    return;
  }
  char *request = peers[fd].request;
  ssize_t size = recv(fd, request + peers[fd].size, (size_t)(ROOM - 1 - peers[fd].size), MSG_DONTWAIT);
  if (size <= 0) { if (size == 0) close(fd); return; }
  peers[fd].size += (int)size;
  request[peers[fd].size] = 0;
  char *end = strstr(request, "\r\n\r\n");
  if (!end) return;
  if (strcasestr(request, "upgrade: websocket")) {
    free(request);
    peers[fd].request = NULL;
    peers[fd].socket = 1;
    viewers[count++] = fd;
    answer(fd, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    return;
  }
  char *length = strcasestr(request, "content-length: ");
  int body = length ? atoi(length + 16) : 0;
  if (request + peers[fd].size < end + 4 + body) return;
  answer(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  publish(end + 4, (size_t)body);
  peers[fd].size = 0;
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "limit PORT HOST\n"), 2;
  struct rlimit files = {65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
  address.sin_addr.s_addr = inet_addr(argv[2]);
  int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1, epoll = epoll_create1(0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) return perror("listen"), 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    struct epoll_event ready[512];
    int n = epoll_wait(epoll, ready, 512, -1);
    for (int i = 0; i < n; i++) {
      int fd = ready[i].data.fd;
      if (fd != listener) { read_from(fd); continue; }
      int peer = accept(listener, NULL, NULL);
      if (peer < 0) continue;
      setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      peers[peer].request = malloc(ROOM);
      peers[peer].size = peers[peer].socket = 0;
      struct epoll_event more = {.events = EPOLLIN, .data.fd = peer};
      epoll_ctl(epoll, EPOLL_CTL_ADD, peer, &more);
    }
  }
}
