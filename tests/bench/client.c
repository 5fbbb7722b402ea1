/* Opens many WebSockets to one address and notes when messages arrive. One thread, epoll.
 *
 *   client HOST PORT SOCKETS PATH [--header LINE] [--hello TEXT] [--deaf COUNT]
 *
 * PATH may be several, with commas between: the sockets take turns. A message carries a mark, "#m000042#", anywhere in its text;
 * a frame may carry several. `--hello` is sent masked once a socket is open (NATS and socket.io want to be greeted), `--deaf`
 * sockets never read after the handshake. Says "ready" when all are open, "done 42" when all of one path have message 42; ends
 * when its standard input does, with one line of JSON. Times are CLOCK_MONOTONIC in nanoseconds. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MARKS = 1000000, MARK_BYTES = 9, READ_BYTES = 256 * 1024, MAX_HEADER = 14, CONNECTING_AT_ONCE = 64 };

typedef struct {
  int fd, open, deaf, closed;
  uint64_t left;            /* of the payload of the present frame */
  unsigned char header[MAX_HEADER], opcode;
  int header_bytes, tail_bytes, answer_bytes;
  char tail[MARK_BYTES], answer[2048];
  uint64_t frames;
} Socket;

static Socket *sockets;
static int count, opened, begun, ended;
static const char *header = "", *hello[4];
static char **paths;
static int path_count, hellos, deaf;
static struct sockaddr_in server;
static uint64_t frames, bytes, deliveries, began_at, open_at;
static struct { uint32_t count; uint64_t first, last; } marks[MARKS];
static int epoll;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "client: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void note(const char *mark, uint64_t at) {
  int number = 0;
  for (int i = 2; i < 8; i++) {
    if (mark[i] < '0' || mark[i] > '9') return;
    number = number * 10 + mark[i] - '0';
  }
  if (mark[8] != '#') return;
  if (!marks[number].count++) marks[number].first = at;
  marks[number].last = at;
  deliveries++;
  if (marks[number].count == (uint32_t)((count - deaf) / path_count)) {
    printf("done %d\n", number);
    fflush(stdout);
  }
}

static void scan(Socket *s, const char *data, size_t size, uint64_t at) {
  char joint[2 * MARK_BYTES];
  if (s->tail_bytes) { /* a mark may lie across two reads */
    size_t more = size < MARK_BYTES - 1 ? size : MARK_BYTES - 1;
    memcpy(joint, s->tail, s->tail_bytes);
    memcpy(joint + s->tail_bytes, data, more);
    for (int i = 0; i < s->tail_bytes && i + MARK_BYTES <= s->tail_bytes + (int)more; i++)
      if (joint[i] == '#' && joint[i + 1] == 'm') note(joint + i, at);
  }
  const char *found = data, *end = data + size;
  while ((found = memmem(found, (size_t)(end - found), "#m", 2)) && end - found >= MARK_BYTES) {
    note(found, at);
    found += 2;
  }
  s->tail_bytes = size < MARK_BYTES - 1 ? (int)size : MARK_BYTES - 1;
  memcpy(s->tail, end - s->tail_bytes, (size_t)s->tail_bytes);
}

static void say(Socket *s, unsigned char opcode, const char *text) {
  unsigned char frame[1024];
  size_t size = strlen(text), at = 0;
  frame[at++] = 0x80 | opcode;
  if (size < 126) frame[at++] = 0x80 | (unsigned char)size;
  else { frame[at++] = 0xFE; frame[at++] = (unsigned char)(size >> 8); frame[at++] = (unsigned char)size; }
  memset(frame + at, 0, 4); /* a mask of zeros is a mask */
  memcpy(frame + at + 4, text, size);
  if (write(s->fd, frame, at + 4 + size) < 0 && errno != EAGAIN) s->closed = 1;
}

static void drop(Socket *s) {
  if (s->closed) return;
  s->closed = 1;
  ended++;
  close(s->fd);
}

static void take(Socket *s, const char *data, size_t size, uint64_t at) {
  while (size) {
    if (s->left) {
      size_t part = size < s->left ? size : (size_t)s->left;
      if (s->opcode < 3) scan(s, data, part, at);
      if (s->opcode < 3 && part && data[0] == '2' && s->left == 1) say(s, 1, "3"); /* socket.io asks whether we live */
      data += part; size -= part; s->left -= part;
      continue;
    }
    s->header[s->header_bytes++] = (unsigned char)*data++; size--;
    if (s->header_bytes < 2) continue;
    int length = s->header[1] & 127, need = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (s->header_bytes < need) continue;
    s->left = (uint64_t)length;
    if (length == 126) s->left = (uint64_t)s->header[2] << 8 | s->header[3];
    if (length == 127) for (s->left = 0, length = 2; length < 10; length++) s->left = s->left << 8 | s->header[length];
    s->opcode = s->header[0] & 15;
    s->header_bytes = s->tail_bytes = 0;
    if (s->opcode < 3) { frames++; s->frames++; }
    if (s->opcode == 9) say(s, 10, "");
    if (s->opcode == 8) { drop(s); return; }
  }
}

static void begin(void) {
  Socket *s = &sockets[begun++];
  int one = 1;
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (s->fd < 0) fail("socket");
  setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(s->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) fail("connect");
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = s};
  epoll_ctl(epoll, EPOLL_CTL_ADD, s->fd, &event);
}

static void greet(Socket *s) {
  char request[4096];
  int size = snprintf(request, sizeof request,
    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s%s\r\n",
    paths[(s - sockets) % path_count], ntohs(server.sin_port), header, *header ? "\r\n" : "");
  if (write(s->fd, request, (size_t)size) != size) fail("handshake");
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = s};
  epoll_ctl(epoll, EPOLL_CTL_MOD, s->fd, &event);
}

static void answered(Socket *s, const char *data, size_t size, uint64_t at) {
  size_t room = sizeof s->answer - 1 - (size_t)s->answer_bytes, part = size < room ? size : room;
  memcpy(s->answer + s->answer_bytes, data, part);
  s->answer_bytes += (int)part;
  s->answer[s->answer_bytes] = 0;
  char *end = strstr(s->answer, "\r\n\r\n");
  if (!end) return;
  if (strncmp(s->answer, "HTTP/1.1 101", 12)) { fprintf(stderr, "client: refused: %.200s\n", s->answer); exit(1); }
  s->open = 1;
  for (int i = 0; i < hellos; i++) say(s, 1, hello[i]);
  if (s - sockets < deaf) {
    s->deaf = 1;
    epoll_ctl(epoll, EPOLL_CTL_DEL, s->fd, NULL);
  }
  size_t used = (size_t)(end + 4 - s->answer) - ((size_t)s->answer_bytes - part);
  if (!s->deaf && used < size) take(s, data + used, size - used, at);
  if (++opened == count) {
    open_at = now();
    printf("ready\n");
    fflush(stdout);
  } else if (begun < count) begin();
}

static void report(void) {
  uint64_t most = 0;
  for (int i = 0; i < count; i++) if (sockets[i].frames > most) most = sockets[i].frames;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("{\"opening_ns\":%lu,\"frames\":%lu,\"bytes\":%lu,\"deliveries\":%lu,\"most_frames\":%lu,\"ended\":%d,\"cpu_us\":%ld,\"marks\":[",
    open_at - began_at, frames, bytes, deliveries, most, ended,
    usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec);
  for (int i = 0, comma = 0; i < MARKS; i++)
    if (marks[i].count) printf("%s[%d,%u,%lu,%lu]", comma++ ? "," : "", i, marks[i].count, marks[i].first, marks[i].last);
  printf("]}\n");
}

int main(int argc, char **argv) {
  if (argc < 5) return fprintf(stderr, "client HOST PORT SOCKETS PATH [--header LINE] [--hello TEXT] [--deaf COUNT]\n"), 2;
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = inet_addr(argv[1]);
  server.sin_port = htons((uint16_t)atoi(argv[2]));
  count = atoi(argv[3]);
  paths = calloc(strlen(argv[4]) + 1, sizeof *paths);
  for (char *one = strtok(argv[4], ","); one; one = strtok(NULL, ",")) paths[path_count++] = one;
  for (int i = 5; i + 1 < argc; i += 2) {
    if (!strcmp(argv[i], "--header")) header = argv[i + 1];
    if (!strcmp(argv[i], "--hello") && hellos < 4) hello[hellos++] = argv[i + 1];
    if (!strcmp(argv[i], "--deaf")) deaf = atoi(argv[i + 1]);
  }
  struct rlimit files = {65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  sockets = calloc((size_t)count, sizeof *sockets);
  epoll = epoll_create1(0);
  struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &input);
  began_at = now();
  while (begun < count && begun < CONNECTING_AT_ONCE) begin();
  static char buffer[READ_BYTES];
  for (;;) {
    struct epoll_event ready[512];
    int n = epoll_wait(epoll, ready, 512, -1);
    for (int i = 0; i < n; i++) {
      Socket *s = ready[i].data.ptr;
      if (!s) { /* the driver says something: that it is enough */
        if (read(0, buffer, sizeof buffer) <= 0) { report(); return 0; }
        continue;
      }
      if (s->closed) continue;
      if (ready[i].events & EPOLLOUT) { greet(s); continue; }
      ssize_t size = read(s->fd, buffer, sizeof buffer);
      uint64_t at = now();
      if (size <= 0) {
        if (size < 0 && errno == EAGAIN) continue;
        if (!s->open) fail("handshake");
        drop(s);
        continue;
      }
      bytes += (uint64_t)size;
      if (s->open) take(s, buffer, (size_t)size, at);
      else answered(s, buffer, (size_t)size, at);
    }
  }
}
